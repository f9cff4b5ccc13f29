"""Views as classes, one per address."""

from flask import abort, request
from flask.views import MethodView

from . import contracts
from .errors import Refused
from .models import Customer, Order, OrderItem, db


def show(view, row):
    return view.model_validate(row).model_dump()


def require_window(order):
    if order.deliver_until <= order.deliver_from:
        raise Refused("deliverUntil", "ends before it begins")


class Customers(MethodView):
    def post(self):
        new = contracts.NewCustomer.model_validate(request.get_json()).model_dump()
        password = new.pop("password")
        customer = Customer(**new)
        customer.set_password(password)
        db.session.add(customer)
        db.session.commit()
        return show(contracts.CustomerView, customer), 201


class OneCustomer(MethodView):
    def get(self, number):
        return show(contracts.CustomerView, db.get_or_404(Customer, number))

    def patch(self, number):
        customer = db.get_or_404(Customer, number)
        change = contracts.CustomerChange.model_validate(request.get_json()).model_dump(exclude_unset=True)
        for name, value in change.items():
            if name == "password":
                customer.set_password(value)
            else:
                setattr(customer, name, value)
        db.session.commit()
        return show(contracts.CustomerView, customer)


class Orders(MethodView):
    def get(self):
        orders = db.session.scalars(db.select(Order).order_by(Order.id))
        return [show(contracts.OrderView, order) for order in orders]

    def post(self):
        new = contracts.NewOrder.model_validate(request.get_json())
        if not db.session.get(Customer, new.customer_id):
            raise Refused("customerId", "nobody has this id")
        require_window(new)
        values = new.model_dump()
        order = Order(**values | {"items": [OrderItem(**item) for item in values["items"]]})
        db.session.add(order)
        db.session.commit()
        return show(contracts.OrderView, order), 201


class OneOrder(MethodView):
    def get(self, number):
        return show(contracts.OrderView, db.get_or_404(Order, number))

    def patch(self, number):
        order = db.get_or_404(Order, number)
        change = contracts.OrderChange.model_validate(request.get_json())
        for name, value in change.model_dump(exclude_unset=True).items():
            setattr(order, name, value)
        require_window(order)  # a refusal leaves without a commit, so the session forgets the change
        db.session.commit()
        return show(contracts.OrderView, order)


def health():
    return {"status": "ok"}


def sign_in():
    sent = request.get_json()
    customer = db.session.scalars(db.select(Customer).filter_by(email=sent["email"])).first()
    if not customer or not customer.check_password(sent["password"]):
        abort(401)
    return {"customerId": customer.id}


def register(app):
    app.add_url_rule("/health", view_func=health)
    app.add_url_rule("/sign-in", view_func=sign_in, methods=["POST"])
    app.add_url_rule("/customers", view_func=Customers.as_view("customers"))
    app.add_url_rule("/customers/<int:number>", view_func=OneCustomer.as_view("customer"))
    app.add_url_rule("/orders", view_func=Orders.as_view("orders"))
    app.add_url_rule("/orders/<int:number>", view_func=OneOrder.as_view("order"))
