"""Receipts of business trips, in one module: files are staged beside their place and moved when all is well."""

import os
import shutil
import tempfile
import uuid
from hashlib import sha256
from urllib.parse import quote

from flask import Flask, abort, current_app, jsonify, make_response, request
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
BLOCK = 16 * 1024


class Receipt(db.Model):
    number = db.Column(db.Integer, primary_key=True)
    id = db.Column(db.String(36), nullable=False, unique=True)
    trip = db.Column(db.Integer, nullable=False)
    name = db.Column(db.Text, nullable=False)
    type = db.Column(db.Text, nullable=False)
    size = db.Column(db.Integer, nullable=False)
    checksum = db.Column(db.LargeBinary, nullable=False)

    def shown(self):
        return {key: getattr(self, key) for key in ("id", "name", "type", "size")}

    def location(self):
        return os.path.join(current_app.config["UPLOAD_FOLDER"], self.id[:2], self.id)


def problem(status, error, **more):
    abort(make_response({"error": error, **more}, status))


def clean_name(sent):
    name = sent.replace("\\", "/").rsplit("/", 1)[-1]
    controls = any(ord(sign) < 32 or ord(sign) == 127 for sign in name)
    if controls or not 1 <= len(name) <= 200 or set(name) == {"."} and len(name) < 3:
        problem(400, "bad-name")
    return name


def kind_of(start):
    match start:
        case bytes() if start[:5] == b"%PDF-":
            return "application/pdf"
        case bytes() if start[:8] == bytes.fromhex("89504e470d0a1a0a"):
            return "image/png"
        case bytes() if start[:3] == bytes.fromhex("ffd8ff"):
            return "image/jpeg"
    return problem(415, "unsupported-type")


def staged(upload, path):
    """Copies an upload block by block, and gives its size and checksum."""
    limit = current_app.config["MAX_FILE_SIZE"]
    size, checksum = 0, sha256()
    with open(path, "xb") as target:
        while block := upload.read(BLOCK):
            size += len(block)
            if size > limit:
                problem(413, "file-too-large", limit=limit)
            checksum.update(block)
            target.write(block)
    return size, checksum.digest()


def known(trip, checksum):
    return db.session.query(Receipt.query.filter_by(trip=trip, checksum=checksum).exists()).scalar()


def accept(trip, uploads, stage):
    receipts = []
    for upload in uploads:
        name, kind = clean_name(upload.filename), kind_of(upload.read(8))
        upload.seek(0)
        own = str(uuid.uuid4())
        size, checksum = staged(upload, os.path.join(stage, own))
        if known(trip, checksum):
            problem(409, "duplicate")
        receipt = Receipt(id=own, trip=trip, name=name, type=kind, size=size, checksum=checksum)
        db.session.add(receipt)
        db.session.flush()
        receipts.append(receipt)
    return receipts


def move_and_commit(receipts, stage):
    moved = []
    try:
        for receipt in receipts:
            os.makedirs(os.path.dirname(receipt.location()), exist_ok=True)
            os.replace(os.path.join(stage, receipt.id), receipt.location())
            moved.append(receipt.location())
        db.session.commit()
    except Exception:
        for path in moved:
            os.remove(path)
        raise


def create_app(config=None):
    app = Flask(__name__)
    app.config.update(SQLALCHEMY_DATABASE_URI="sqlite:///receipts.db", MAX_FILE_SIZE=4_000_000)
    app.config.update(UPLOAD_FOLDER=os.path.join(app.instance_path, "uploads"), MAX_REQUEST_SIZE=16_000_000)
    app.config.update(config or {})
    os.makedirs(app.config["UPLOAD_FOLDER"], exist_ok=True)
    db.init_app(app)

    @app.before_request
    def limit_body():
        request.max_content_length = app.config["MAX_REQUEST_SIZE"]

    @app.errorhandler(413)
    def too_large(error):
        return jsonify(error="request-too-large", limit=app.config["MAX_REQUEST_SIZE"]), 413

    @app.route("/health")
    def health():
        return jsonify(status="ok")

    @app.route("/trips/<int:trip>/receipts", methods=["GET", "POST"])
    def collection(trip):
        if request.method == "GET":
            rows = Receipt.query.filter_by(trip=trip).order_by(Receipt.number)
            return jsonify(receipts=[row.shown() for row in rows])
        uploads = list(filter(None, request.files.getlist("file")))
        if len(uploads) == 0:
            problem(400, "no-file")
        stage = tempfile.mkdtemp(dir=app.config["UPLOAD_FOLDER"])
        try:
            receipts = accept(trip, uploads, stage)
            move_and_commit(receipts, stage)
            return jsonify(receipts=[receipt.shown() for receipt in receipts]), 201
        finally:
            shutil.rmtree(stage)

    @app.route("/trips/<int:trip>/receipts/<own>")
    def item(trip, own):
        receipt = Receipt.query.filter_by(trip=trip, id=own).first()
        if receipt is None:
            abort(404)
        with open(receipt.location(), "rb") as stored:
            response = make_response(stored.read())
        response.headers["Content-Type"] = receipt.type
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(receipt.name, safe='')}"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    with app.app_context():
        db.create_all()
    return app
