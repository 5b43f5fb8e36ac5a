import assert from "node:assert/strict";
import { UsageError } from "../../../cli/command.ts";
import { severalServices, twoServices, withLoadBalancers } from "../../../cli/services.ts";

describe("the Services to compare", () => {
  const refused = (names: readonly string[], message: RegExp): void =>
    assert.throws(
      () => twoServices(names),
      (error) => error instanceof UsageError && message.test(error.message),
    );

  it("are two, by namespace and name, or none", () => {
    assert.deepEqual(twoServices(["shop/web", "shop/web-lb"]), {
      left: { namespace: "shop", name: "web" },
      right: { namespace: "shop", name: "web-lb" },
    });
    assert.equal(twoServices([]), undefined);
  });

  it("may have one name in two namespaces", () => assert.ok(twoServices(["shop/web", "test/web"])));

  it("are refused if one is given alone, or a third one", () => {
    refused(["shop/web"], /^--service is given once; give it twice, or leave it out/);
    refused(["shop/a", "shop/b", "shop/c"], /^--service is given 3 times; give it twice/);
  });

  it("are refused if both are the same", () =>
    refused(["shop/web", "shop/web"], /^--service "shop\/web" is given twice; give two different Services$/));

  it("are the first one with each of the others if there are more than two", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => ({ namespace: "shop", name }));
    assert.deepEqual(severalServices(["shop/a", "shop/b", "shop/c"]), [
      { left: a, right: b },
      { left: a, right: c },
    ]);
    assert.equal(severalServices(["shop/a", "shop/b"]), undefined);
    assert.throws(() => severalServices(["shop/a", "shop/b", "shop/b"]), /"shop\/b" is given twice/);
  });

  it("are refused without a namespace, naming the value and what is allowed", () => {
    for (const text of ["web", "/web", "shop/", "shop/web/http"])
      refused([text, "shop/b"], new RegExp(`^--service "${text}" is not allowed; allowed is NAMESPACE/NAME`));
  });
});

describe("the load balancers that a command line names", () => {
  const services = twoServices(["shop/web", "shop/web-lb"]);

  it("are those of the Services, in their order", () => {
    const chosen = withLoadBalancers(services, ["new", "old"]);
    assert.deepEqual([chosen?.left.loadBalancer, chosen?.right.loadBalancer], ["new", "old"]);
    assert.equal(withLoadBalancers(services, []), services);
  });

  for (const [names, of, message] of [
    [["new"], services, /is given once; give it twice, in the order of --service/],
    [["a", "b", "c"], services, /is given 3 times; give it twice/],
    [["a", "b"], undefined, /without --service/],
    [["a", ""], services, /"" is not allowed; allowed is a name or an ARN/],
  ] as const) {
    it(`are refused: ${JSON.stringify(names)}`, () => {
      assert.throws(() => withLoadBalancers(of, names), message);
    });
  }
});
