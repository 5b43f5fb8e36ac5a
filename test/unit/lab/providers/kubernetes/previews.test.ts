import assert from "node:assert/strict";
import { withoutDraws } from "../../../../../lab/providers/kubernetes/inputs.ts";
import { UNKNOWN, type Properties } from "../../../../../lab/providers/values.ts";

const service = (spec: Properties): Properties => ({ apiVersion: "v1", kind: "Service", spec });
const portsOf = ({ spec }: Properties) => (spec as Properties).ports;

describe("the preview of a Service", () => {
  const http = { name: "http", port: 80 };
  const https = { name: "https", port: 443 };

  it("has no node port of a dry run, which counts up from a given one", () => {
    const inputs = service({ type: "NodePort", ports: [{ ...http, nodePort: 30080 }, https] });
    const dryRun = service({
      type: "NodePort",
      ports: [
        { ...http, nodePort: 30080 },
        { ...https, nodePort: 30081 },
      ],
    });
    const live = service({ type: "NodePort", ports: [{ name: "old", port: 8080, nodePort: 30081 }] });
    assert.deepEqual(portsOf(withoutDraws(dryRun, inputs, live)), [
      { ...http, nodePort: 30080 },
      { ...https, nodePort: UNKNOWN },
    ]);
  });

  it("keeps the node port of a port that changes its number or its name", () => {
    const live = service({ type: "NodePort", ports: [{ ...http, nodePort: 31000 }] });
    const preview = (port: Properties) =>
      portsOf(
        withoutDraws(
          service({ type: "NodePort", ports: [{ ...port, nodePort: 31000 }] }),
          service({ type: "NodePort", ports: [port] }),
          live,
        ),
      );
    for (const port of [
      { name: "http", port: 8080 },
      { name: "web", port: 80 },
    ])
      assert.deepEqual(preview(port), [{ ...port, nodePort: 31000 }]);
  });

  it("has the address that the program gives, and none of a headless Service", () => {
    for (const address of ["None", "172.20.0.9"]) {
      const inputs = { kind: "Service", spec: { clusterIP: address, ports: [] } };
      const spec = { ...inputs.spec, type: "ClusterIP", clusterIPs: [address] };
      assert.deepEqual(withoutDraws({ kind: "Service", spec }, inputs, {}).spec, spec);
    }
  });

  it("has no node ports where none are allocated", () => {
    const spec = { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [http] };
    assert.deepEqual(portsOf(withoutDraws(service(spec), service(spec), {})), [http]);
  });

  it("does not know the health check node port of a new LoadBalancer Service with policy Local", () => {
    const spec = { type: "LoadBalancer", externalTrafficPolicy: "Local", ports: [http] };
    const dryRun = service({ ...spec, healthCheckNodePort: 32769 });
    const { spec: previewed } = withoutDraws(dryRun, service(spec), {});
    assert.equal((previewed as Properties).healthCheckNodePort, UNKNOWN);
  });
});
