"""What is printed: pairs (observed, claimed)."""

from flask import Flask, current_app


def printed():
    shop, blog = Flask("shop"), Flask("blog")
    with shop.app_context():
        named = current_app
        taken = current_app._get_current_object()
        with blog.app_context():
            names = (named.name, taken.name)
        return names, (named is shop, taken is shop)


def right():
    return printed(), (("blog", "shop"), (False, True))


def kept():
    return printed(), (("shop", "shop"), (False, True))


def identical():
    return printed(), (("blog", "shop"), (True, True))


def taken_both():
    return printed(), (("shop", "shop"), (True, True))


def follows_both():
    return printed(), (("blog", "blog"), (False, False))


def follows_equal():
    return printed(), (("blog", "blog"), (True, True))
