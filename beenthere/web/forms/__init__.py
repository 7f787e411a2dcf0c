"""What visitors may write on the way in."""

from .coming import AddressForm, JoinForm
from .first import FirstForm
from .words import FewWords

__all__ = ["AddressForm", "FewWords", "FirstForm", "JoinForm"]
