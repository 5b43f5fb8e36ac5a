import assert from "node:assert/strict";
import { keptAnnotation, lettingGo, takingBack } from "../../../../cli/move/handedPatch.ts";
import type { Handed } from "../../../../cli/move/handedPatch.ts";

const rangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
const letGo = { type: "external", other: null };
const takeBack = { type: "nlb", other: null };

/** The Service after a JSON merge patch. */
function patched(service: Handed, patch: ReturnType<typeof lettingGo>): Handed {
  const merged = <T>(object: Readonly<Record<string, T>> = {}, changes: object = {}): Record<string, T> =>
    Object.fromEntries(Object.entries<T>({ ...object, ...changes }).filter(([, value]) => value !== null));
  const annotations = merged(service.metadata?.annotations, patch.metadata.annotations);
  return { metadata: { annotations }, spec: merged<unknown>({ ...service.spec }, patch.spec) };
}

const serviceWith = (
  spec: NonNullable<Handed["spec"]>,
  annotations: Readonly<Record<string, string>> = {},
): Handed => ({
  metadata: { annotations: { type: "nlb", ...annotations } },
  spec: { type: "LoadBalancer", ...spec },
});

describe("the request by which a controller lets go of a Service, and takes it back", () => {
  it("has the type and the annotations alone if the Service has no source ranges", () => {
    const service = serviceWith({ loadBalancerSourceRanges: [] });
    assert.deepEqual(lettingGo(service, letGo), {
      metadata: { annotations: letGo },
      spec: { type: "NodePort" },
    });
    assert.deepEqual(takingBack(service, takeBack), {
      metadata: { annotations: takeBack },
      spec: { type: "LoadBalancer" },
    });
  });

  for (const [place, service] of [
    ["the field", serviceWith({ loadBalancerSourceRanges: ["10.0.0.0/8", " 192.0.2.0/24"] })],
    ["the annotation", serviceWith({}, { [rangesAnnotation]: "10.0.0.0/8, 192.0.2.0/24" })],
    ["an empty annotation", serviceWith({}, { [rangesAnnotation]: "" })],
    [
      "both",
      serviceWith({ loadBalancerSourceRanges: ["10.0.0.0/8"] }, { [rangesAnnotation]: "192.0.2.0/24" }),
    ],
  ] as const) {
    it(`takes source ranges of ${place} out with the type, and puts them back with it`, () => {
      const own = patched(service, lettingGo(service, letGo));
      assert.equal(own.spec?.type, "NodePort");
      assert.equal(own.spec.loadBalancerSourceRanges, undefined);
      assert.ok(!(rangesAnnotation in (own.metadata?.annotations ?? {})));
      assert.deepEqual(patched(own, takingBack(own, takeBack)), service);
    });

    it(`keeps source ranges of ${place} if the request is repeated`, () => {
      const own = patched(service, lettingGo(service, letGo));
      assert.deepEqual(patched(own, lettingGo(own, letGo)), own);
      const back = patched(own, takingBack(own, takeBack));
      assert.deepEqual(patched(back, takingBack(back, takeBack)), service);
    });
  }

  it("leaves a Service the ranges that somebody has given it since", () => {
    const service = serviceWith(
      { loadBalancerSourceRanges: ["192.0.2.0/24"] },
      { [keptAnnotation]: '{"field":["10.0.0.0/8"]}' },
    );
    const { metadata, spec } = patched(service, takingBack(service, takeBack));
    assert.deepEqual(spec?.loadBalancerSourceRanges, ["192.0.2.0/24"]);
    assert.ok(!(keptAnnotation in (metadata?.annotations ?? {})));
  });

  it("is refused if the ranges that wait cannot be read, and so never lets everybody in", () => {
    for (const text of ["", "{}", "null", "7", '{"field":"10.0.0.0/8"}', '{"field":[7]}', '{"annotation":7}'])
      assert.throws(
        () => takingBack(serviceWith({}, { [keptAnnotation]: text }), takeBack),
        /which keeps its source ranges, is .*; allowed is such as/,
      );
  });
});
