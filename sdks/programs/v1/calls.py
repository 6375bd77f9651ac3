"""Ten calls with the generated client of version 1.0. Each prints a line of JSON."""

import json
import os
from typing import Any, Callable, Optional

# region forms
import httpx

from client import AgentUpdate, ApiError, Client, DepartmentCreate


class Forms(httpx.Client):
    """Sends a body as a form, lists with commas. The generated client has JSON for every operation."""

    def request(self, method: str, url: Any, *, json: Optional[dict] = None, **options: Any) -> httpx.Response:
        form = {
            name: ",".join(str(item) for item in value) if isinstance(value, list) else value
            for name, value in (json or {}).items()
        }
        return super().request(method, url, **{**options, "data": form or None})


url = os.environ["COMM100_URL"]
auth = {"basic": {"username": os.environ["COMM100_EMAIL"], "password": os.environ["COMM100_API_KEY"]}}
client = Client(url, auth=auth, http_client=Forms())
# endregion forms


def call(name: str, action: Callable[[], Any]) -> None:
    """Prints what an action returns, or why it failed."""
    try:
        line = {"call": name, "ok": True, "detail": action()}
    except Exception as error:
        line = {"call": name, "ok": False, "detail": f"{type(error).__name__}: {error}"}
    print(json.dumps(line), flush=True)


def rejected(action: Callable[[], Any]) -> dict:
    """The status and the code with which the service rejects an action."""
    try:
        action()
    except ApiError as error:
        return {"status": error.status, "code": error.body["code"]}
    raise AssertionError("it was not rejected")


def list_chats() -> dict:
    pages, number = [], 1
    while True:
        page = client.list_chats(date_from="2025-03-03", date_to="2025-03-03", page=number)
        pages.append(len(page.chats))
        if number >= page.pages:
            return {"total": page.total, "pages": pages}
        number += 1


def item() -> dict:
    support = client.get_department(1)
    return {"name": support.name, "members": support.members}


def report(time_from: str = "2025-03-03T00:00:00") -> list:
    rows = client.get_chat_volume_report(time_from=time_from, time_to="2025-03-07T23:59:59", group="day")
    return [row.chats for row in rows]


def filtered() -> list:
    page = client.list_offline_messages(date_from="2025-03-06", date_to="2025-03-07", department=3)
    return [[message.id, message.name] for message in page.offline_messages]


def form() -> dict:
    change = AgentUpdate(is_admin=True, title="Help & advice", departments=[1, 3])
    tom = client.update_agent("tom.okafor@larkspur.example", change)
    return {"id": tom.id, "title": tom.title, "departments": tom.departments, "isAdmin": tom.is_admin}


def creation() -> dict:
    made = client.create_department(DepartmentCreate("Returns", members=[2, 3]))
    return {"id": made.id, "name": made.name, "members": made.members}


def wrong_key() -> dict:
    wrong = {"basic": {"username": auth["basic"]["username"], "password": "wrong"}}
    return rejected(lambda: Client(url, auth=wrong).get_department(1))


def forbidden() -> dict:
    priya = {"username": "priya.nair@larkspur.example", "password": "00000000000000000000000000000005"}
    return rejected(lambda: Client(url, auth={"basic": priya}).list_agents())


call("list", list_chats)
call("item", item)
call("report", report)
call("filter", filtered)
call("creation", creation)
call("form", form)
call("400", lambda: rejected(lambda: report("yesterday")))
call("401", wrong_key)
call("403", forbidden)
call("404", lambda: rejected(lambda: client.get_department(99)))
