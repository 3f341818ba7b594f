"""The pages of letters."""

from kstthc_training.mailroom.routes import deciding as deciding
from kstthc_training.mailroom.routes import holds as holds
from kstthc_training.mailroom.routes import incoming as incoming
from kstthc_training.mailroom.routes import incoming_letter as incoming_letter
from kstthc_training.mailroom.routes import letter as letter
from kstthc_training.mailroom.routes import letters as letters
from kstthc_training.mailroom.routes.blueprint import bp as bp
