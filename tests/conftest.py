"""What every test may ask for by name. The data folder is set earlier, in `tests.place`."""

pytest_plugins = ["tests.services.fixtures"]
