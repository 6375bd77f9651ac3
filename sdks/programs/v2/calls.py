"""Ten calls with the generated client of version 2.0. Each prints a line of JSON."""

import json
import os
from typing import Any, Callable, Optional

# region first
from client import ApiError, Client

url = os.environ["COMM100_URL"]
auth = {"basic": {"username": os.environ["COMM100_EMAIL"], "password": os.environ["COMM100_API_KEY"]}}
client = Client(url, auth=auth)
# endregion first

# region forms
import httpx

from client import ChatBatchDelete, DepartmentCreate, PasswordGrant


class Forms(httpx.Client):
    """Sends a body as a form. The generated client has JSON for every operation."""

    def request(self, method: str, url: Any, *, json: Optional[dict] = None, **options: Any) -> httpx.Response:
        form = {}
        for name, value in (json or {}).items():
            pairs = {f"{name}[{i}]": item for i, item in enumerate(value)} if isinstance(value, list) else {name: value}
            form.update(pairs)
        return super().request(method, url, **{**options, "data": form or None})


forms = Client(url, auth=auth, http_client=Forms())
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


def token() -> dict:
    password = os.environ["COMM100_PASSWORD"]
    grant = PasswordGrant(grant_type="password", email=auth["basic"]["username"], password=password)
    answer = forms.get_agent_token(grant)
    me = Client(url, auth={"bearer": answer.access_token}).get_own_profile()
    return {"type": answer.token_type, "email": me.email}


# region paging
def list_chats() -> dict:
    pages, index = [], 0
    while True:
        page = client.list_chats(
            time_from="2025-03-03T00:00:00", time_to="2025-03-03T23:59:59", page_index=index, page_size=8
        )
        pages.append(len(page.chats))
        index += 1
        if not page.next_page:
            return {"total": page.total, "pages": pages}
# endregion paging


def item() -> dict:
    support = client.get_department(1)
    return {"name": support.name, "agents": support.agents}


def report() -> list:
    rows = client.get_chat_volume_report(
        time_from="2025-03-03T00:00:00", time_to="2025-03-07T23:59:59", group="day"
    )
    return [row.chats for row in rows]


def form() -> dict:
    ids = ["c8a4e1d0-2f6b-4d39-9b15-71e0a3c50001", "c8a4e1d0-2f6b-4d39-9b15-71e0a3c50002"]
    forms.delete_chats(ChatBatchDelete(ids))
    return {id: rejected(lambda: client.get_chat(id))["status"] for id in ids}


def conditions() -> list:
    page = client.list_chats(
        time_from="2025-03-03T00:00:00",
        time_to="2025-03-07T23:59:59",
        conditions_0_field="email",
        conditions_0_operate="contains",
        conditions_0_value="grace.hall@",
    )
    return [[chat.id, chat.name] for chat in page.chats]


def creation() -> dict:
    made = client.create_department(DepartmentCreate("Returns", agents=[2, 3]))
    return {"id": made.id, "name": made.name, "agents": made.agents}


priya = {"username": "priya.nair@larkspur.example", "password": "00000000000000000000000000000005"}

call("token", token)
call("list", list_chats)
call("item", item)
call("report", report)
call("conditions", conditions)
call("creation", creation)
call("form", form)
call("401", lambda: rejected(lambda: Client(url, auth={"bearer": "not-a-token"}).get_department(1)))
call("403", lambda: rejected(lambda: Client(url, auth={"basic": priya}).get_department(1)))
call("404", lambda: rejected(lambda: client.get_department(99)))
