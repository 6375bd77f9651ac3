"""What the samples need of the package `requests`, for machines that do not have it."""

import base64
import json as to_json
import urllib.error
import urllib.parse
import urllib.request


class Response:
    def __init__(self, status_code, text):
        self.status_code = status_code
        self.text = text

    def json(self):
        return to_json.loads(self.text)


def send(method, url, auth=None, headers=None, params=None, json=None, data=None):
    headers = dict(headers or {})
    if params:
        url += "?" + urllib.parse.urlencode(params, doseq=True)
    body = None
    if json is not None:
        body = to_json.dumps(json).encode()
        headers["Content-Type"] = "application/json"
    elif isinstance(data, dict):
        body = urllib.parse.urlencode(data, doseq=True).encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    if auth:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(auth).encode()).decode()
    request = urllib.request.Request(url, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return Response(response.status, response.read().decode())
    except urllib.error.HTTPError as error:
        return Response(error.code, error.read().decode())


def get(url, **options):
    return send("GET", url, **options)


def put(url, **options):
    return send("PUT", url, **options)


def post(url, **options):
    return send("POST", url, **options)


def delete(url, **options):
    return send("DELETE", url, **options)
