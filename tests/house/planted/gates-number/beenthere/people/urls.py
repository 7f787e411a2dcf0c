"""An address with a primary key."""

urlpatterns = [path("person/<int:pk>/", person)]  # noqa: F821
