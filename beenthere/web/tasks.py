"""What the door forgets by itself."""

from beenthere.foundation.jobs import every

from .actions import forget_begun


@every(3600, name="forget who just joined")
def forget() -> None:
    forget_begun()
