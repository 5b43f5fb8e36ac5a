import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { octaviaAnnotations } from "../../../../../components/openstack/annotations.ts";
import { support } from "../../../../../components/openstack/support.ts";
import type { OptionSupport } from "../../../../../components/openstack/support.ts";
import { prefix } from "../../../../../comparison/clouds/openstack/cloudControllerManager/annotations.ts";
import { annotationTable } from "../../../../../comparison/clouds/openstack/cloudControllerManager/annotationTable.ts";
import { settingKeys } from "../../../../../comparison/clouds/openstack/cloudControllerManager/cloudConf/keys.ts";
import { controllerDocument } from "../../../../../comparison/clouds/openstack/cloudControllerManager/document.ts";
import { refusals } from "../../../../../comparison/clouds/openstack/cloudControllerManager/refusals/index.ts";
import { defaultSettings } from "../../../../../comparison/clouds/openstack/cloudControllerManager/settings.ts";
import type { ControllerSettings } from "../../../../../comparison/clouds/openstack/model.ts";
import { optionsDocument } from "../../../../../comparison/clouds/openstack/options/document.ts";

const page = (name: string): string =>
  readFileSync(join(import.meta.dirname, "../../../../../docs", name), "utf8");

describe("docs/openstack-cloud-controller.md", () => {
  it("is what npm run openstack-cloud-controller writes", () => {
    assert.equal(page("openstack-cloud-controller.md"), controllerDocument());
  });

  it("names each refusal once", () => {
    const ids = refusals.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
  });

  it("names only keys of cloud.conf that the model reads, with their defaults", () => {
    const byKey = new Map(Object.entries(settingKeys).map(([name, [key]]) => [key, name]));
    for (const [annotation, { setting, byDefault }] of Object.entries(annotationTable)) {
      if (setting === undefined) continue;
      const name = byKey.get(setting);
      assert.ok(name !== undefined, `${annotation}: ${setting}`);
      const value = defaultSettings[name as keyof ControllerSettings];
      if (value !== "") assert.equal(byDefault, String(value), annotation);
    }
  });
});

describe("docs/openstack-options.md", () => {
  it("is what npm run openstack-options writes", () => {
    assert.equal(page("openstack-options.md"), optionsDocument());
  });

  it("names the annotations that the component writes", () => {
    const common = { loadBalancerSourceRanges: [], connectionLimit: 1, keepFloatingIp: true } as const;
    const timeouts = {
      clientDataMilliseconds: 1,
      memberConnectMilliseconds: 1,
      memberDataMilliseconds: 1,
      tcpInspectMilliseconds: 1,
    };
    const written = (["PROXY", "X-Forwarded-For"] as const).flatMap((clientAddress) =>
      Object.keys(octaviaAnnotations({ ...common, timeouts, clientAddress })),
    );
    const named = Object.values(support).flatMap(({ loadBalancer }: OptionSupport) =>
      "annotations" in loadBalancer ? [...(loadBalancer.annotations ?? [])] : [],
    );
    // All nodes are members, and TLS passes through: no option of the component.
    const always = ["node-selector", "default-tls-container-ref"];
    assert.deepEqual([...named, ...always].map((name) => prefix + name).sort(), [...new Set(written)].sort());
  });
});
