from meteors import create_app

app = create_app({})
