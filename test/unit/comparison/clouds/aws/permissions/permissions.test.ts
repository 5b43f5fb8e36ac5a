import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { comparing, verifying } from "../../../../../../comparison/clouds/aws/permissions/commands.ts";
import { permissionsDocument } from "../../../../../../comparison/clouds/aws/permissions/document.ts";
import {
  comparePolicy,
  deployPolicy,
  previewPolicy,
} from "../../../../../../comparison/clouds/aws/permissions/policy.ts";
import type { Policy } from "../../../../../../comparison/clouds/aws/permissions/policy.ts";
import { lookUps, resources } from "../../../../../../comparison/clouds/aws/permissions/program.ts";

const checkout = join(import.meta.dirname, "../../../../../..");

/** By the package of the SDK. */
const prefixes: Readonly<Record<string, string>> = {
  "auto-scaling": "autoscaling",
  ec2: "ec2",
  "elastic-load-balancing": "elasticloadbalancing",
  "elastic-load-balancing-v2": "elasticloadbalancing",
};

const filesIn = (folder: string): string[] =>
  readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));

/** Imports of values as `[names, module]`. */
function importsOf(file: string): (readonly [names: string, from: string])[] {
  const text = readFileSync(join(checkout, file), "utf8");
  const found = text.matchAll(/^import (type )?([^;]*?) from "([^"]+)";/gm);
  return [...found].flatMap(([, type, names = "", from = ""]) =>
    type === undefined ? [[names, from] as const] : [],
  );
}

/** The actions of the SDK commands that files import. */
function actionsSentBy(files: readonly string[]): string[] {
  const actions = files.flatMap((file) =>
    importsOf(file).flatMap(([names, from]) => {
      const client = /^@aws-sdk\/client-(.+)$/.exec(from)?.[1];
      if (client === undefined) return [];
      const prefix = prefixes[client];
      assert.ok(prefix !== undefined, `${file} imports ${from}, whose actions this test does not know`);
      return names.split(/[{},\s]+/).flatMap((name) => {
        const action = /^(?:paginate(\w+)|(\w+)Command)$/.exec(name);
        return action === null ? [] : `${prefix}:${action[1] ?? action[2] ?? ""}`;
      });
    }),
  );
  return [...new Set(actions)].sort();
}

/** Modules of `@pulumi/aws` that the components and the program import, except for types. */
const importedModules = [...filesIn("components/aws"), ...filesIn("program")].flatMap((file) =>
  importsOf(file).flatMap(([, from]) => /^@pulumi\/aws\/(.+)\.js$/.exec(from)?.[1] ?? []),
);

const actionsOf = (policy: Policy): string[] => policy.Statement.flatMap(({ Action }) => Action);
const isRead = (action: string): boolean => /^[a-z0-9]+:(Describe|Get|List)/.test(action);

describe("the table of AWS permissions", () => {
  it("has a row for each resource and look-up that the components import, and no other", () => {
    assert.ok(importedModules.length > 10);
    assert.deepEqual(
      [...Object.keys(resources), ...Object.keys(lookUps)].sort(),
      [...new Set(importedModules)].sort(),
    );
  });

  it("has the actions of compare and leftovers, and no other", () => {
    const folder = "comparison/clouds/aws";
    const sent = actionsSentBy([...filesIn(`${folder}/sources`), ...filesIn(`${folder}/orphans`)]);
    assert.deepEqual([...comparing], sent);
  });

  it("has the actions of verify, and no other", () => {
    assert.deepEqual([...verifying], actionsSentBy(filesIn("comparison/clouds/aws/operations")));
  });

  it("leaves out no call of any other file of the comparison, the commands or the program", () => {
    const all = [
      ...filesIn("comparison"),
      ...filesIn("cli"),
      ...filesIn("components"),
      ...filesIn("program"),
    ];
    const own = all.filter((file) => !file.includes("node_modules"));
    assert.deepEqual(actionsSentBy(own), [...new Set([...comparing, ...verifying])].sort());
  });

  it("has, in the row of each resource, what the lab's plug-in calls for it", () => {
    const folder = "lab/clouds/aws/plugin/resources";
    const sending = filesIn(folder).filter((file) => actionsSentBy([file]).length > 0);
    const modules: Readonly<Record<string, readonly string[]>> = {
      autoscalingAttachment: ["autoscaling/attachment"],
      listener: ["lb/listener"],
      listenerCertificate: ["lb/listenerCertificate"],
      loadBalancer: ["lb/loadBalancer"],
      securityGroup: ["ec2/securityGroup"],
      securityGroupRule: ["vpc/securityGroupEgressRule", "vpc/securityGroupIngressRule"],
      targetGroup: ["lb/targetGroup"],
      targetGroupAttachment: ["lb/targetGroupAttachment"],
    };
    assert.deepEqual(sending.map((file) => basename(file, ".ts")).sort(), Object.keys(modules).sort());
    for (const file of sending) {
      const rows = (modules[basename(file, ".ts")] ?? []).map((name) => resources[name]);
      const allowed = rows.flatMap((row) => [...(row?.reads ?? []), ...(row?.changes ?? [])]);
      const missing = actionsSentBy([file]).filter((action) => !allowed.includes(action));
      assert.deepEqual(missing, [], file);
    }
  });

  it("allows everything that the lab's plug-in calls", () => {
    const allowed = actionsOf(deployPolicy);
    const sent = actionsSentBy(filesIn("lab/clouds/aws/plugin"));
    assert.ok(sent.length > 30);
    assert.deepEqual(
      sent.filter((action) => !allowed.includes(action)),
      [],
    );
  });

  it("calls a change what no policy for reading may contain", () => {
    for (const [name, { reads, changes }] of Object.entries(resources)) {
      assert.deepEqual(reads.filter(isRead), reads, name);
      assert.deepEqual(changes.filter(isRead), [], name);
    }
  });
});

describe("the IAM policies", () => {
  const policies = { comparePolicy, previewPolicy, deployPolicy };

  for (const [name, policy] of Object.entries(policies)) {
    it(`have no wildcard, no action twice, and the size that IAM accepts (${name})`, () => {
      const actions = actionsOf(policy);
      assert.deepEqual([...new Set(actions)], actions);
      for (const action of actions) assert.match(action, /^[a-z0-9]+:[A-Za-z0-9]+$/);
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: 6,144 characters without white space
      assert.ok(JSON.stringify(policy).length <= 6144);
    });
  }

  it("change nothing, except for the one to deploy", () => {
    for (const policy of [comparePolicy, previewPolicy]) {
      assert.deepEqual(actionsOf(policy).filter(isRead), actionsOf(policy));
    }
  });

  it("let a deployment make no role but the one of Elastic Load Balancing", () => {
    const roles = deployPolicy.Statement.filter(({ Action }) =>
      Action.some((each) => each.startsWith("iam:")),
    );
    assert.deepEqual(
      roles.map(({ Action, Condition }) => [Action, Condition]),
      [
        [
          ["iam:CreateServiceLinkedRole"],
          { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
        ],
      ],
    );
  });
});

describe("docs/permissions.md", () => {
  it("is what npm run permissions writes", () => {
    assert.equal(readFileSync(join(checkout, "docs/permissions.md"), "utf8"), permissionsDocument());
  });
});
