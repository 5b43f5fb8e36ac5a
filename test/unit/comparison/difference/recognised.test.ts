import assert from "node:assert/strict";
import { cloudControllerManager } from "../../../../comparison/clouds/aws/cloudControllerManager/index.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { AwsExposure } from "../../../../comparison/clouds/aws/model.ts";
import { recognisedIn } from "../../../../comparison/difference/recognised.ts";
import type { Living, Recognised } from "../../../../comparison/difference/recognised.ts";
import { factsIn } from "../../../../comparison/model/sourceResult.ts";
import { managed, otherwise, withRules } from "./configurations.ts";
import { cluster, facts } from "./facts.ts";

const livingOf = ({ service, loadBalancer, firewall }: AwsExposure): Living => ({
  service: factsIn(service) ?? assert.fail(),
  loadBalancer: factsIn(loadBalancer) ?? assert.fail(),
  firewall: factsIn(firewall) ?? assert.fail(),
});

const recognised = (living: readonly Living[], controller = cloudControllerManager): Recognised | undefined =>
  recognisedIn(living, { cloud: aws, cluster, controller });

const living = livingOf(facts.right);
const name = `${living.service.namespace}/${living.service.identity.name}`;

describe("the configuration of a controller", () => {
  it("is the default one if that fits what it made", () => {
    const found = recognised([living]);
    assert.deepEqual([found?.variant.settings, found?.services], ["its default configuration", [name]]);
  });

  for (const [settings, change] of otherwise)
    it(`is recognised by what it made: ${settings}`, () => {
      const found = recognised([livingOf(change(facts.right))]);
      assert.deepEqual([found?.variant.settings, found?.fitsWholly], [settings, true]);
    });

  it("is that which fits most of several Services", () => {
    const without = livingOf(withRules(facts.right, () => []));
    assert.equal(
      recognised([without, without, livingOf(managed(facts.right))])?.variant.settings,
      "DisableSecurityGroupIngress=true",
    );
    assert.equal(recognised([without, without, living])?.fitsWholly, false);
  });

  it("is not recognised if two fit equally well", () => {
    const twice = {
      ...cloudControllerManager,
      variants: (found: Living["loadBalancer"]) => [
        ...cloudControllerManager.variants(found),
        { ...(cloudControllerManager.byDefault ?? assert.fail()), settings: "another name for the same" },
      ],
    };
    assert.equal(recognised([living], twice), undefined);
  });

  it("is not recognised by what others made, or by nothing", () => {
    const loadBalancer = { ...living.loadBalancer, owner: "other" as const };
    assert.equal(recognised([{ ...living, loadBalancer }]), undefined);
    assert.equal(recognised([]), undefined);
  });

  it("need not be recognised if it is given", () => {
    const given = cloudControllerManager.configuredBy?.("[Global]", "cloud.conf") ?? assert.fail();
    assert.equal(recognised([living], given), undefined);
  });
});
