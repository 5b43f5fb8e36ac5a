import assert from "node:assert/strict";
import { isLabServer } from "../../../cli/labServer.ts";

describe("the API server that is asked", () => {
  for (const server of ["https://127.0.0.1:26443", "https://localhost:26443/", "https://[::1]:26443"])
    it(`is the lab's at ${server}`, () => assert.ok(isLabServer(server, 26443)));

  it("is the lab's at the port of https, which addresses leave out", () =>
    assert.ok(isLabServer("https://127.0.0.1", 443)));

  for (const server of [
    "https://127.0.0.1:6443",
    "https://k8s.example:26443",
    "http://127.0.0.1:26443",
    "127.0.0.1:26443",
    undefined,
  ])
    it(`is another cluster's at ${server ?? "no address"}`, () => assert.ok(!isLabServer(server, 26443)));
});
