"""Runs rows of Python against an endpoint with boto3 and prints what each came to, as one JSON object.

Standard input holds {endpoint, accessKeyId, secretAccessKey, names, rows: [[name, code], …]}. The last expression of a
row's code is its result; an error that the service answered with is the result too. All rows share their variables.
"""

import ast
import base64
import json
import socket
import sys
import textwrap

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

job = json.load(sys.stdin)

# `localhost` and all names below it are this machine, whatever the resolver says.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: resolve(
    "127.0.0.1" if str(host).endswith("localhost") else host, *rest, **more
)


def client(service, region="eu-west-1", access=job["accessKeyId"], secret=job["secretAccessKey"], **config):
    return boto3.client(
        service,
        endpoint_url=job["endpoint"],
        region_name=region,
        aws_access_key_id=access,
        aws_secret_access_key=secret,
        config=Config(**{"retries": {"max_attempts": 1}, **config}),
    )


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items() if key != "ResponseMetadata"}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf8", "replace")
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def run(code, scope):
    *body, last = ast.parse(textwrap.dedent(code).strip()).body
    exec(compile(ast.Module(body, []), "row", "exec"), scope)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), "row", "eval"), scope)
    exec(compile(ast.Module([last], []), "row", "exec"), scope)


def outcome(code, scope):
    try:
        return plain(run(code, scope))
    except ClientError as error:
        answer = error.response
        return {"error": answer["Error"]["Code"], "status": answer["ResponseMetadata"]["HTTPStatusCode"]}
    except Exception as error:
        return {"raised": f"{type(error).__name__}: {error}"}


scope = {"client": client, "base64": base64, "json": json, "UNSIGNED": UNSIGNED, **job["names"]}
print(json.dumps({name: outcome(code, scope) for name, code in job["rows"]}))
