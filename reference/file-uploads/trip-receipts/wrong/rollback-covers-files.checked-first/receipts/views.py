"""The routes."""

from flask import Blueprint, Response, request, send_file
from sqlalchemy import select

from .files import Refused, store
from .models import Receipt, db

api = Blueprint("api", __name__)


@api.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@api.post("/trips/<int:trip>/receipts")
def upload(trip: int) -> tuple[dict[str, object], int]:
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise Refused(400, "no-file")
    return {"receipts": [receipt.to_dict() for receipt in store(trip, files)]}, 201


@api.get("/trips/<int:trip>/receipts")
def receipts(trip: int) -> dict[str, object]:
    found = db.session.scalars(select(Receipt).where(Receipt.trip == trip).order_by(Receipt.id))
    return {"receipts": [receipt.to_dict() for receipt in found]}


@api.get("/trips/<int:trip>/receipts/<int:receipt_id>")
def download(trip: int, receipt_id: int) -> Response:
    receipt = db.first_or_404(select(Receipt).where(Receipt.trip == trip, Receipt.id == receipt_id))
    response = send_file(receipt.path, mimetype=receipt.type, as_attachment=True, download_name=receipt.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
