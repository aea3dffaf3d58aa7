"""What the week holds, what is late, who is overloaded."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from field_api.web.desk import TheManagersDesk

router = APIRouter()


@router.get("/desk", response_class=HTMLResponse)
def overview(desk: TheManagersDesk) -> HTMLResponse:
    """The manager's first page."""
    return desk.page("overview/overview")
