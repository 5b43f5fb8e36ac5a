import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { destructionText, removeAllAdopted, servicesIn } from "../../../../cli/move/adoptedDestruction.ts";
import { configureAdopted } from "../../../../cli/move/adoptedServices.ts";
import { component, imported } from "../../../../comparison/clouds/aws/adoption/component.ts";

const entry = (name: string) => ({ import: { name, arn: `arn:${name}`, listeners: [], rules: [] } });

describe("load balancers that were taken over, when everything is removed", () => {
  it("are named before, with how to give them back, if the state has them", () => {
    const { type } = component("");
    const resources = [{ type, urn: `urn:pulumi:dev::shop::${type}::${component("a1").name}` }];
    const entries = { "shop/web": entry("a1"), "shop/api": entry("a2") };
    const services = servicesIn({ deployment: { resources } }, entries, { component, imported });
    assert.deepEqual(services, ["shop/web"]);
    assert.match(
      destructionText(services) ?? "",
      /^Deletes the load balancer of shop\/web as well.*\n {2}npm run move -- --give-back shop\/web$/,
    );
    assert.match(destructionText(Object.keys(entries)) ?? "", /balancers of shop\/web, shop\/api as well/);
    assert.equal(destructionText([]), undefined);
  });

  it("leave no entries that the next deployment would import", () => {
    const directory = mkdtempSync(join(tmpdir(), "adopted-"));
    try {
      const file = join(directory, "Pulumi.dev.yaml");
      const before = "config:\n  # A comment.\n  shop:clusterName: dev\n";
      writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\n");
      writeFileSync(file, before);
      for (const service of ["shop/web", "shop/api"])
        configureAdopted(directory, "dev", service, entry("a1"));
      removeAllAdopted(directory, "dev");
      assert.equal(readFileSync(file, "utf8"), before);
      removeAllAdopted(directory, "dev");
      assert.equal(readFileSync(file, "utf8"), before);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
