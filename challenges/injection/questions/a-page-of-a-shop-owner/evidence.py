"""Whether the shop is closed afterwards: pairs of yes or no."""

from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment


class Shop:
    def __init__(self, name):
        self.name = name
        self.open = True

    def close(self):
        self.open = False


def page(source, shop):
    return SandboxedEnvironment().from_string(source).render(shop=shop)


def closed(source):
    shop = Shop("Ann's")
    try:
        page(source, shop)
    except TemplateError:
        pass
    return not shop.open


def assignment():
    return closed("{% set shop.open = false %}"), True


def dictionary():
    return closed("{{ shop.__dict__.update(open=false) }}"), True


def method():
    return closed("{% if shop.close() %}{% endif %}"), True


def brackets():
    return closed('{{ shop["__class__"].close(shop) }}'), True


def filter():
    return closed('{{ (shop|attr("__setattr__"))("open", false) }}'), True


def globals():
    return closed("{{ shop.close.__func__.__globals__.shop.close() }}"), True
