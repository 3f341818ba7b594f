from kstthc_training.application import create_app

app = create_app()
