import assert from "node:assert/strict";
import { controllerOf } from "../../../../comparison/clouds/cloud.ts";
import type { Cloud, Controller } from "../../../../comparison/clouds/cloud.ts";
import { cloudNamed, cloudOfNodes, cloudOfTypes, clouds } from "../../../../comparison/clouds/index.ts";
import { factsIn } from "../../../../comparison/model/sourceResult.ts";
import { facts } from "../difference/facts.ts";

const [first] = clouds;

describe("the list of clouds", () => {
  it("has no name, node prefix or Pulumi package twice", () => {
    for (const field of ["name", "providerIdPrefix", "pulumiPackage"] as const)
      assert.equal(new Set(clouds.map((cloud) => cloud[field])).size, clouds.length);
  });

  it("finds a cloud by its name, and says which names there are", () => {
    for (const cloud of clouds) assert.equal(cloudNamed(cloud.name), cloud);
    assert.throws(() => cloudNamed("moon"), /There is no cloud "moon"; known are aws/);
  });

  it("finds a cloud by its nodes' providerIDs", () => {
    for (const cloud of clouds) assert.equal(cloudOfNodes([`${cloud.providerIdPrefix}/zone/id`]), cloud);
  });

  it("finds a cloud by the types of a program's resources", () => {
    for (const cloud of clouds)
      assert.equal(cloudOfTypes(["kubernetes:core/v1:Service", `${cloud.pulumiPackage}:lb/x:X`]), cloud);
  });

  it("takes the first cloud where nothing says which it is", () => {
    assert.equal(cloudOfNodes([]), first);
    assert.equal(cloudOfTypes(["kubernetes:core/v1:Service"]), first);
  });
});

describe("the controllers of a cloud", () => {
  const [controller] = first.controllers;
  const other: Controller = {
    ...controller,
    title: "another controller",
    claims: ({ loadBalancerClass }) => loadBalancerClass === "example.com/another",
  };
  const cloud: Cloud = { ...first, controllers: [controller, other] };
  const service = factsIn(facts.right.service) ?? assert.fail();

  it("take the Services that they claim", () => {
    assert.equal(controllerOf(cloud, service), controller);
    assert.equal(controllerOf(cloud, { ...service, loadBalancerClass: "example.com/another" }), other);
  });

  it("leave a Service that none claims to the first, which says why it is not its own", () => {
    const unclaimed = { ...service, loadBalancerClass: "example.com/nobody" };
    assert.equal(controllerOf(cloud, unclaimed), controller);
    const cluster = factsIn(facts.cluster) ?? assert.fail();
    assert.equal(controller.predict(unclaimed, cluster).kind, "not its own");
  });
});
