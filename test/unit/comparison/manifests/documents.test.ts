import assert from "node:assert/strict";
import { objectsIn } from "../../../../comparison/manifests/documents.ts";
import { nodePort, problemsIn, servicesIn } from "./manifests.ts";

const kinds = (text: string): unknown[] => objectsIn(text, "a.yaml").map(({ object }) => object.kind);

describe("the objects of a file", () => {
  it("are those of all documents, by their place", () => {
    const places = objectsIn("kind: A\n---\n# nothing\n---\nkind: B\n", "a.yaml").map(({ place }) => place);
    assert.deepEqual(places, ["a.yaml, document 1", "a.yaml, document 3"]);
  });

  it("are none in a list with an empty item", () => {
    const list = "apiVersion: v1\nkind: List\nitems:\n- kind: A\n-\n";
    assert.throws(() => objectsIn(list, "a.yaml"), /items\[1\]: it is null; it must be an object/);
  });

  it("are those of a list, as kubectl get prints it", () => {
    const list = { apiVersion: "v1", kind: "List", items: [{ kind: "A" }, { kind: "B" }] };
    const objects = objectsIn(JSON.stringify(list), "a.json");
    assert.deepEqual(
      objects.map(({ place, object }) => [place, object.kind]),
      [
        ["a.json, document 1, items[0]", "A"],
        ["a.json, document 1, items[1]", "B"],
      ],
    );
  });

  it("are those of the API server's own list, which leaves out their kind", () => {
    const list = { apiVersion: "v1", kind: "ServiceList", items: [{ metadata: { name: "a" } }] };
    assert.deepEqual(kinds(JSON.stringify(list)), ["Service"]);
  });

  it("are those of JSON objects one after the other, as kubectl reads them", () => {
    const text = '{"kind":"A","name":"}{ \\" --- {"}\n{"kind":"B",\n"items":[{"kind":"C"}]} {"kind":"D"}\n';
    const objects = objectsIn(text, "a.json");
    assert.deepEqual(
      objects.map(({ place, object }) => [place, object.kind]),
      [
        ["a.json, document 1", "A"],
        ["a.json, document 2", "B"],
        ["a.json, document 3", "D"],
      ],
    );
    assert.equal(objects[0]?.object.name, '}{ " --- {');
    assert.equal(objects[1]?.lineOf(["items"]), 3);
  });

  it("are no stream of JSON if they are YAML in braces, or broken", () => {
    assert.deepEqual(kinds("{ kind: A }\n---\nkind: B\n"), ["A", "B"]);
    assert.throws(
      () => objectsIn('{"kind":"A"} and {"kind":"B"}\n', "a.json"),
      /a\.json, document 1: line 1: /,
    );
    assert.throws(() => objectsIn('{"kind":"A"', "a.json"), /a\.json, document 1: line 1: /);
  });

  it("have each field on the line of its name, wherever its value begins", () => {
    const [object] = objectsIn("kind: A\nspec:\n  ports:\n    - port: 80\n", "a.yaml");
    const lines = [["spec"], ["spec", "ports"], ["spec", "ports", 0], ["spec", "ports", 0, "port"]];
    assert.deepEqual(
      lines.map((path) => object?.lineOf(path)),
      [2, 3, 4, 4],
    );
    assert.equal(object?.lineOf(["spec", "type"]), undefined);
  });

  it("keep the last of equal keys, as kubectl does", () => {
    assert.deepEqual(objectsIn("kind: A\nkind: B\n", "a.yaml")[0]?.object, { kind: "B" });
  });

  it("have the booleans of YAML 1.1, and times as text", () => {
    assert.deepEqual(objectsIn("a: yes\nb: 2026-11-29\nc: 22:22\n", "a.yaml")[0]?.object, {
      a: true,
      b: "2026-11-29",
      c: "22:22",
    });
  });

  it("follow anchors and merge keys", () => {
    assert.deepEqual(kinds("x: &x { kind: A }\n<<: *x\n"), ["A"]);
  });

  it("have lines", () => {
    const [object] = objectsIn("---\nkind: A\nspec:\n  ports:\n    - port: 1\n    - port: 2\n", "a.yaml");
    assert.equal(object?.lineOf(["spec", "ports", 1, "port"]), 6);
    assert.equal(object.lineOf(["spec", "type"]), undefined);
  });

  it("are refused with document and line if they are no YAML", () => {
    assert.throws(
      () => objectsIn("kind: A\n---\na: [1\nb: 2\n", "a.yaml"),
      /^ManifestError|a\.yaml, document 2: line \d+: /,
    );
  });

  it("are refused as templates that are not rendered", () => {
    assert.throws(() => objectsIn("kind: A\nname: {{ .Values.name }}\n", "a.yaml"), {
      message:
        'a.yaml, document 1: line 2: a map or a list cannot be a key; the file has templates: render it first, such as with "helm template"',
    });
  });

  it("are refused with their document if they use an anchor of another one", () => {
    assert.throws(() => objectsIn("kind: &kind A\n---\nkind: *kind\n", "a.yaml"), {
      name: "Error",
      message:
        "a.yaml, document 2: Unresolved alias (the anchor must be set before the alias): kind; an anchor serves its own document alone, with at most 1000 aliases",
    });
  });

  it("are refused if they are no objects", () => {
    assert.throws(() => objectsIn("Error: chart not found\n---\njust text\n", "a.yaml"), {
      message: "a.yaml, document 2: it is string; it must be an object with apiVersion and kind",
    });
  });
});

describe("the Services of a file", () => {
  it("are refused where their version or kind is written wrongly, and not passed over", () => {
    const wrong = nodePort().replace("apiVersion: v1", "apiVersion: apps/v1");
    const [invalid, valid] = servicesIn(`${wrong}---\n${nodePort().replace("name: web", "name: two")}`);
    assert.deepEqual([invalid?.kind, valid?.kind], ["invalid", "valid"]);
    assert.deepEqual(problemsIn(wrong), [
      'a.yaml, document 1, line 1: apiVersion: it is "apps/v1"; a Service has v1',
    ]);
    assert.deepEqual(problemsIn(nodePort().replace("kind: Service", "kind: service")), [
      'a.yaml, document 1, line 2: kind: it is "service"; a Service has Service',
    ]);
    assert.deepEqual(problemsIn(nodePort().replace("apiVersion: v1\n", "")), [
      "a.yaml, document 1: apiVersion: it is missing; a Service has v1",
    ]);
  });

  it("have names of their own: the API server keeps one of each name", () => {
    const [first, second, other] = servicesIn(
      [nodePort(), nodePort(), nodePort().replace("namespace: shop", "namespace: other")].join("---\n"),
    );
    assert.deepEqual([first?.kind, second?.kind, other?.kind], ["valid", "invalid", "valid"]);
    assert.deepEqual(second?.kind === "invalid" && second.service.reasons, [
      "a.yaml, document 2: Service shop/web already exists: it is a.yaml, document 1; kubectl apply would overwrite that one, so remove one of them",
    ]);
  });

  it("may have the same generateName", () => {
    const generated = nodePort().replace("name: web", "generateName: web-");
    assert.deepEqual(
      servicesIn(`${generated}---\n${generated}`).map(({ kind }) => kind),
      ["valid", "valid"],
    );
  });

  it("are only those of Kubernetes itself", () => {
    const knative = "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: a }\n";
    assert.deepEqual(
      servicesIn(`${knative}---\n${nodePort()}`).map(({ name }) => name),
      ["shop/web"],
    );
  });
});
