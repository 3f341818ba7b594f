"""The features of the product: their routes and commands, and the places in the navigation.

Taking a feature out is removing its folder from the package, the templates and the tests, and its lines here.
"""

from flask import Blueprint, Flask
from flask.cli import AppGroup

from kstthc_training.web.navigation import Destination

BLUEPRINTS: tuple[Blueprint, ...] = ()

COMMANDS: tuple[AppGroup, ...] = ()

DESTINATIONS: tuple[Destination, ...] = ()


def mount_features(app: Flask) -> None:
    """Mount the routes and commands of every feature."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
