import assert from "node:assert/strict";
import { lifeCycle } from "../../../../../../comparison/clouds/aws/cloudControllerManager/lifeCycle.ts";

const of = (object: string) => {
  const found = lifeCycle.find((row) => row.object === object);
  assert.ok(found, `no row ${object}`);
  return found;
};

const steps = ["creates", "updates", "repairs", "deletes"] as const;

describe("the life cycle", () => {
  it("has a row for each object, once", () => {
    assert.deepEqual(
      lifeCycle.map(({ object }) => object),
      [
        "Service",
        "node port",
        "endpoints",
        "rules on the nodes (data path)",
        "load balancer",
        "listener",
        "target group",
        "health check",
        "targets, when nodes come and go",
        "firewall rules of the nodes",
        "DNS name",
        "objects that a destroy leaves behind",
      ],
    );
  });

  it("names who and when in every cell, and a source in every row", () => {
    for (const row of lifeCycle) {
      assert.match(row.source, /^https:\/\//, row.object);
      for (const step of steps)
        for (const way of ["nodePort", "loadBalancer"] as const)
          assert.ok(row[step][way].length > 0, `${row.object} ${step} ${way}`);
    }
  });

  it("is Kubernetes' own in both ways up to the node port", () => {
    for (const object of ["node port", "endpoints", "rules on the nodes (data path)"])
      for (const step of steps)
        assert.equal(of(object)[step].nodePort, of(object)[step].loadBalancer, object);
  });

  it("has the program at work in the NodePort way where the cloud controller manager is in the other", () => {
    for (const object of ["load balancer", "listener", "target group", "firewall rules of the nodes"]) {
      for (const step of steps) {
        assert.match(of(object)[step].nodePort, /^the program, at /, `${object} ${step}`);
        assert.match(of(object)[step].loadBalancer, /^the cloud controller manager, /, `${object} ${step}`);
      }
    }
  });

  it("never has the cloud controller manager at work in the NodePort way", () => {
    for (const row of lifeCycle)
      for (const step of steps)
        assert.doesNotMatch(row[step].nodePort, /cloud controller manager/, `${row.object} ${step}`);
  });

  it("promises no repair that the cloud controller manager does not make", () => {
    assert.doesNotMatch(of("load balancer").repairs.loadBalancer, /nodes/);
    assert.match(of("health check").repairs.loadBalancer, /not the unhealthy threshold alone/);
  });

  it("says that new nodes wait for the next update in the NodePort way, and seconds in the other", () => {
    const { creates } = of("targets, when nodes come and go");
    assert.match(creates.nodePort, /at the next `pulumi up`/);
    assert.match(
      creates.nodePort,
      /as soon as the instance is in an Auto Scaling group that the program attached/,
    );
    assert.match(creates.loadBalancer, /seconds after the node joins/);
  });
});
