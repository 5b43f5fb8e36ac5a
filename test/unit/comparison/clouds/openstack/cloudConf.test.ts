import assert from "node:assert/strict";
import { readCloudConf } from "../../../../../comparison/clouds/openstack/cloudControllerManager/cloudConf/read.ts";
import { settingsInWords } from "../../../../../comparison/clouds/openstack/cloudControllerManager/cloudConf/words.ts";
import { settingKeys } from "../../../../../comparison/clouds/openstack/cloudControllerManager/cloudConf/keys.ts";
import { defaultSettings } from "../../../../../comparison/clouds/openstack/cloudControllerManager/settings.ts";
import type { ControllerSettings } from "../../../../../comparison/clouds/openstack/model.ts";

const read = (text: string): ControllerSettings => readCloudConf(text, "cloud.conf");
const balancer = (...lines: readonly string[]): string => ["[LoadBalancer]", ...lines].join("\n");

describe("cloud.conf", () => {
  const files: readonly [what: string, text: string, settings: Partial<ControllerSettings>][] = [
    ["is empty", "", {}],
    [
      "has what does not matter to load balancers, and sections of other programs",
      '[Global]\nauth-url = https://x/v3\nUserName = k8s\npassword = "a;b"\ncafilecontents = x\n[BlockStorage]\nbs-version = v3\n[KeyManager]\nkey-id = 1\n[Networking]\npublic-network-name = a\npublic-network-name = b\n[Metadata]\nrequest-timeout = 10s\n[Route]\nrouter-id = r\n[LoadBalancerClass "dmz"]\nsubnet-id = s',
      {},
    ],
    [
      "has managed security groups and monitors",
      balancer("manage-security-groups = yes", "create-monitor"),
      { manageSecurityGroups: true, createMonitor: true },
    ],
    [
      "writes sections and keys in other letters",
      "[loadbalancer]\nLB-Method = SOURCE_IP",
      { lbMethod: "SOURCE_IP" },
    ],
    [
      "has durations, of which whole seconds count",
      balancer("monitor-delay = 1m30s", "monitor-timeout = 2500ms"),
      { monitorDelaySeconds: 90, monitorTimeoutSeconds: 2 },
    ],
    [
      "has counts",
      balancer("monitor-max-retries = 0x3", "monitor-max-retries-down = 4"),
      { monitorMaxRetries: 3, monitorMaxRetriesDown: 4 },
    ],
    ["serves nothing", balancer("enabled = false"), { enabled: false }],
  ];
  for (const [what, text, settings] of files)
    it(`is read if it ${what}`, () => {
      assert.deepEqual(read(text), { ...defaultSettings, ...settings });
    });

  const wrong: readonly [what: string, text: string, message: string | RegExp][] = [
    [
      "a duration without a unit",
      balancer("monitor-delay = 5"),
      'cloud.conf, line 2: monitor-delay is "5"; allowed are numbers with a unit (h, m, s, ms), such as 5s',
    ],
    [
      "a negative count",
      balancer("monitor-max-retries = -1"),
      'cloud.conf, line 2: monitor-max-retries is "-1"; allowed are whole numbers of 0 or more',
    ],
    [
      "a word that is no truth",
      balancer("create-monitor = maybe"),
      'cloud.conf, line 2: create-monitor is "maybe"; allowed are 0, 1, true, yes, on, false, no, off',
    ],
    [
      "a key that the controller does not read any more",
      balancer("use-octavia = true"),
      /^cloud\.conf, line 2: the controller ignores use-octavia in \[LoadBalancer\]; /,
    ],
    [
      "a key with a typing error",
      balancer("manage-security-group = true"),
      "cloud.conf, line 2: the controller ignores manage-security-group in [LoadBalancer]; manage-security-groups is probably meant",
    ],
    [
      "an older API",
      balancer("lb-version = v1"),
      'cloud.conf, line 2: lb-version is "v1"; allowed is v2, or no such key',
    ],
    [
      "another section",
      "[Loadbalancers]",
      "cloud.conf, line 1: the controller ignores the section [Loadbalancers]; allowed are Global, LoadBalancer, LoadBalancerClass, Route, Metadata and Networking",
    ],
  ];
  for (const [what, text, message] of wrong)
    it(`is refused with ${what}`, () => {
      assert.throws(() => read(text), { name: "ConfigurationError", message });
    });

  it("gives back the settings that are not the defaults, as they can be written in it", () => {
    assert.equal(settingsInWords(defaultSettings), undefined);
    const other = (value: boolean | number | string): boolean | number | string =>
      typeof value === "boolean" ? !value : typeof value === "number" ? value + 1 : "x";
    const changed = Object.fromEntries(
      Object.entries(defaultSettings).map(([name, value]) => [
        name,
        other(value as boolean | number | string),
      ]),
    ) as unknown as ControllerSettings;
    const words = settingsInWords(changed) ?? "";
    assert.equal(words.split(", ").length, Object.keys(settingKeys).length);
    assert.deepEqual(read(balancer(...words.split(", "))), changed);
  });
});
