/** Whether a way can declare a target group's deregistration delay, tried where it would be declared. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { differing } from "../scenario.ts";
import type { Finding } from "../scenario.ts";
import { attempt } from "../outcome.ts";

const attribute = "deregistration_delay.timeout_seconds";
const delaySeconds = 120;

/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md */
const annotation = "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes";

/** How long the cloud controller is given to refuse, which takes it less than a second. */
const patienceSeconds = 10;

export async function delayDeclared(testbed: Testbed): Promise<Finding> {
  return {
    title: `a delay of ${delaySeconds} s can be declared`,
    unit: "",
    left: await attempt(() => byProgram(testbed), testbed.signal),
    right: await attempt(() => byAnnotation(testbed), testbed.signal),
    expected: differing(
      "A target group of one's own takes any attribute. The cloud controller refuses all but preserve_client_ip.enabled and proxy_protocol_v2.enabled, so the delay is 300 s.",
      "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/docs/service_controller.md",
      { left: (value) => value === true, right: (value) => value === false },
    ),
  };
}

async function byProgram(testbed: Testbed): Promise<boolean> {
  try {
    await testbed.deploy({
      variant: "local",
      side: "left",
      options: { deregistrationDelaySeconds: delaySeconds },
    });
    return await isSet(testbed, testbed.targets("local").left);
  } finally {
    await testbed.deploy();
  }
}

async function byAnnotation(testbed: Testbed): Promise<boolean> {
  const target = testbed.targets("local").right;
  const annotate = (value: string | null) =>
    testbed.cluster.patchService(target, { metadata: { annotations: { [annotation]: value } } });
  try {
    await annotate(`${attribute}=${delaySeconds}`);
    await sleep(patienceSeconds * 1000, undefined, { signal: testbed.signal });
    return await isSet(testbed, target);
  } finally {
    await annotate(null);
  }
}

async function isSet({ account }: Testbed, { hostname }: Target): Promise<boolean> {
  const groups = await account.targetGroups(hostname);
  const attributes = await Promise.all(
    groups.map(({ TargetGroupArn }) => account.targetGroupAttributes(TargetGroupArn)),
  );
  return attributes.every((of) => of[attribute] === String(delaySeconds));
}
