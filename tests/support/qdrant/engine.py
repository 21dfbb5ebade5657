"""Qdrant's own engine (qdrant-edge, which is its Rust core as a library) behind as much of Qdrant's HTTP interface as
Rora uses, for tests: python3 engine.py FOLDER PORT. Bodies are read by the strict models of Qdrant's Python client, which
refuse what the interface does not know. Collections and aliases are kept here, everything about points by the engine.
"""

import json
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlparse

import qdrant_edge as engine
from qdrant_client.http import models

FOLDER = Path(sys.argv[1])
VERSION = "1.18.0"
# More than any test stores: grouping reads all hits.
ALL = 100_000

shards, settings, aliases = {}, {}, {}
lock = threading.Lock()


class NotFound(Exception):
    pass


class Conflict(Exception):
    pass


def make_shard(body):
    """A tiny threshold, so that what is optimised gets its graph and its quantised vectors even in tests."""

    def dense(params):
        return engine.EdgeVectorParams(
            size=params.size, distance=getattr(engine.Distance, params.distance.value), on_disk=params.on_disk
        )

    vectors = body.vectors
    scalar = body.quantization_config.scalar
    config = engine.EdgeConfig(
        vectors=dense(vectors)
        if isinstance(vectors, models.VectorParams)
        else {name: dense(params) for name, params in vectors.items()},
        sparse_vectors={
            name: engine.EdgeSparseVectorParams(modifier=engine.Modifier.Idf if params.modifier == "idf" else None)
            for name, params in (body.sparse_vectors or {}).items()
        }
        or None,
        quantization_config=engine.ScalarQuantizationConfig(
            type=engine.ScalarType.Int8, quantile=scalar.quantile, always_ram=scalar.always_ram
        ),
        hnsw_config=engine.HnswIndexConfig(m=16, ef_construct=100, full_scan_threshold=1),
        optimizers=engine.EdgeOptimizersConfig(indexing_threshold=1),
    )
    folder = FOLDER / str(uuid.uuid4())
    folder.mkdir(parents=True)
    return engine.EdgeShard.create(str(folder), config)


def filter_of(body):
    if body is None:
        return None

    def condition(field):
        match = field.match
        wanted = engine.MatchAny(match.any) if isinstance(match, models.MatchAny) else engine.MatchValue(match.value)
        return engine.FieldCondition(key=field.key, match=wanted)

    return engine.Filter(must=[condition(field) for field in body.must])


def vector_of(vector):
    return engine.SparseVector(vector.indices, vector.values) if isinstance(vector, models.SparseVector) else vector


def point_of(point):
    vector = point.vector
    if isinstance(vector, dict):
        vector = {name: vector_of(value) for name, value in vector.items()}
    return engine.Point(uuid.UUID(point.id), vector, point.payload)


def search(shard, body, limit):
    params = None
    if body.params is not None:
        asked = body.params.quantization
        params = engine.SearchParams(
            quantization=engine.QuantizationSearchParams(rescore=asked.rescore, oversampling=asked.oversampling)
        )
    request = engine.QueryRequest(
        limit=limit,
        query=engine.Query.Nearest(vector_of(body.query), body.using),
        filter=filter_of(body.filter),
        params=params,
        with_payload=body.with_payload,
    )
    return [
        {"id": str(hit.id), "version": hit.version, "score": hit.score, "payload": hit.payload}
        for hit in shard.query(request)
    ]


def groups(shard, body):
    found = {}
    for hit in search(shard, body, ALL):
        hits = found.setdefault(hit["payload"][body.group_by], [])
        if len(hits) < body.group_size:
            hits.append(hit)
    return {"groups": [{"id": key, "hits": hits} for key, hits in list(found.items())[: body.limit]]}


def change_aliases(body):
    changed = dict(aliases)
    for action in models.ChangeAliasesOperation.model_validate(body).actions:
        created = action.create_alias
        if created.collection_name not in shards:
            raise NotFound(created.collection_name)
        changed[created.alias_name] = created.collection_name
    aliases.clear()
    aliases.update(changed)
    return True


def create(name, body):
    if name in shards or name in aliases:
        raise Conflict(f"Collection `{name}` already exists!")
    parsed = models.CreateCollection.model_validate(body)
    shards[name] = make_shard(parsed)
    settings[name] = {"hnsw_config": parsed.hnsw_config.model_dump(), "metadata": parsed.metadata}
    return True


def update(name, body):
    changed = models.UpdateCollection.model_validate(body).hnsw_config
    settings[name]["hnsw_config"].update(changed.model_dump(exclude_none=True))
    return True


def delete(name):
    shards.pop(name).close()
    for alias in [alias for alias, target in aliases.items() if target == name]:
        del aliases[alias]
    return True


def write(shard, operation):
    shard.update(operation)
    return {"operation_id": 0, "status": "completed"}


def index_field(shard, body):
    parsed = models.CreateFieldIndex.model_validate(body)
    params = engine.KeywordIndexParams(is_tenant=getattr(parsed.field_schema, "is_tenant", None))
    return write(shard, engine.UpdateOperation.create_field_index(parsed.field_name, params))


def upsert(shard, body):
    points = models.PointsList.model_validate(body).points
    answer = write(shard, engine.UpdateOperation.upsert_points([point_of(point) for point in points]))
    shard.optimize()
    return answer


def remove(shard, body):
    selected = filter_of(models.FilterSelector.model_validate(body).filter)
    return write(shard, engine.UpdateOperation.delete_points_by_filter(selected))


def count(shard, body):
    parsed = models.CountRequest.model_validate(body)
    return {"count": shard.count(engine.CountRequest(exact=parsed.exact, filter=filter_of(parsed.filter)))}


def batch(shard, body):
    searches = models.QueryRequestBatch.model_validate(body).searches
    return [{"points": search(shard, each, each.limit)} for each in searches]


# What is done with points, by method and the path below the collection.
POINTS = {
    ("PUT", "index"): index_field,
    ("PUT", "points"): upsert,
    ("POST", "points/delete"): remove,
    ("POST", "points/count"): count,
    ("POST", "points/query/batch"): batch,
    ("POST", "points/query/groups"): lambda shard, body: groups(shard, models.QueryGroupsRequest.model_validate(body)),
}


def answer(method, path, body):
    if path == "/aliases":
        return {"aliases": [{"alias_name": alias, "collection_name": name} for alias, name in aliases.items()]}
    if path == "/collections":
        return {"collections": [{"name": name} for name in shards]}
    if path == "/collections/aliases":
        return change_aliases(body)
    _, _, given, *rest = path.split("/")
    name, rest = aliases.get(given, given), "/".join(rest)
    if (method, rest) == ("PUT", ""):
        return create(given, body)
    if rest == "exists":
        return {"exists": name in shards}
    if name not in shards or (method in ("PATCH", "DELETE") and name != given):
        raise NotFound(f"Collection `{given}` doesn't exist!")
    if rest == "":
        if method == "GET":
            return {"status": "green", "config": settings[name]}
        return update(name, body) if method == "PATCH" else delete(name)
    return POINTS[method, rest](shards[name], body)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def respond(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlparse(self.path).path
        status = 200
        try:
            with lock:
                if path == "/":
                    content = {"title": "qdrant-edge", "version": VERSION}
                else:
                    result = answer(self.command, path, json.loads(body) if body else None)
                    content = {"result": result, "status": "ok", "time": 0}
        except Exception as error:  # noqa: BLE001: whatever the engine refuses is the caller's to read
            status = 404 if isinstance(error, NotFound) else 409 if isinstance(error, Conflict) else 400
            content = {"status": {"error": f"{type(error).__name__}: {error}"}, "time": 0}
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = respond

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
