/** aws:lb/listener:Listener of a Network Load Balancer: a port whose connections go to a target group. */
import type { ListenerArgs, ListenerState } from "@pulumi/aws/lb/listener.js";
import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DescribeListenerAttributesCommand,
  DescribeListenersCommand,
  ModifyListenerAttributesCommand,
  ModifyListenerCommand,
  type Action,
  type ActionTypeEnum,
  type ProtocolEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { defined, isArray, isObject, type Properties, type Value } from "../../../../providers/values.ts";
import { differs, type Context, type OutputsOf, type ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";
import { elbv2Tags, setElbv2Tags, tagsArgument } from "../tags.ts";
import { unlessGone } from "../refusals.ts";
import { attributeList, attributeOutputs, type Attribute } from "./attributes.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html */
const attributes: readonly Attribute[] = [
  { argument: "tcpIdleTimeoutSeconds", key: "tcp.idle_timeout.seconds", type: "number" },
];

function actionsArgument(actions: Value | undefined): Action[] {
  return (isArray(actions) ? actions : []).filter(isObject).map((action) => ({
    Type: action.type as ActionTypeEnum,
    TargetGroupArn: action.targetGroupArn as string,
    Order: action.order as number | undefined,
  }));
}

function listenerArgument(inputs: Properties) {
  const certificate = inputs.certificateArn as string | undefined;
  const alpnPolicy = inputs.alpnPolicy as string | undefined;
  return {
    Port: inputs.port as number | undefined,
    Protocol: inputs.protocol as ProtocolEnum | undefined,
    DefaultActions: actionsArgument(inputs.defaultActions),
    SslPolicy: inputs.sslPolicy as string | undefined,
    ...(certificate === undefined ? {} : { Certificates: [{ CertificateArn: certificate }] }),
    ...(alpnPolicy === undefined ? {} : { AlpnPolicy: [alpnPolicy] }),
  };
}

async function setAttributes(
  arn: string,
  before: Properties | undefined,
  after: Properties,
  { elbv2 }: Context,
) {
  const Attributes = attributeList(attributes, before, after);
  if (Attributes.length > 0)
    await elbv2.send(new ModifyListenerAttributesCommand({ ListenerArn: arn, Attributes }));
}

/** The answer has a weighted action in two forms; the short one is what the program set. */
const actionOutput = (action: Action): Value =>
  defined({
    type: action.Type,
    targetGroupArn: action.TargetGroupArn ?? action.ForwardConfig?.TargetGroups?.[0]?.TargetGroupArn,
  });

export const listener: ResourceType = {
  arguments: {
    loadBalancerArn: { type: "string", required: true, immutable: true },
    port: { type: "number", min: 1, max: 65535 },
    protocol: { type: "string", computed: true },
    defaultActions: {
      type: "list",
      required: true,
      of: {
        type: "object",
        fields: {
          type: { type: "string", required: true, allowed: ["forward"] },
          targetGroupArn: { type: "string", required: true },
          order: { type: "number", computed: true, min: 1, max: 50000 },
        },
      },
    },
    certificateArn: { type: "string" },
    sslPolicy: { type: "string", computed: true },
    alpnPolicy: { type: "string" },
    tcpIdleTimeoutSeconds: { type: "number", computed: true, min: 60, max: 6000 },
    tags: { type: "map" },
  } satisfies ArgumentsOf<ListenerArgs>,

  async create(inputs, tags, { elbv2 }) {
    const { Listeners } = await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: inputs.loadBalancerArn as string,
        ...listenerArgument(inputs),
        ...tagsArgument(tags),
      }),
    );
    const arn = Listeners?.[0]?.ListenerArn;
    if (arn === undefined) throw new Error("AWS made the listener but answered without its ARN");
    return arn;
  },

  settle: (arn, inputs, context) => setAttributes(arn, undefined, inputs, context),

  async read(arn, context) {
    const { elbv2, region } = context;
    const answer = await unlessGone(["ListenerNotFoundException", "LoadBalancerNotFoundException"], () =>
      elbv2.send(new DescribeListenersCommand({ ListenerArns: [arn] })),
    );
    const found = answer?.Listeners?.[0];
    if (!found) return undefined;
    const { Attributes } = await elbv2.send(new DescribeListenerAttributesCommand({ ListenerArn: arn }));
    return {
      arn,
      alpnPolicy: found.AlpnPolicy?.[0],
      certificateArn: found.Certificates?.[0]?.CertificateArn,
      defaultActions: (found.DefaultActions ?? []).map(actionOutput),
      loadBalancerArn: found.LoadBalancerArn,
      port: found.Port,
      protocol: found.Protocol,
      region,
      sslPolicy: found.SslPolicy,
      tagsAll: await elbv2Tags(elbv2, arn),
      ...attributeOutputs(attributes, Attributes),
    } satisfies OutputsOf<ListenerState>;
  },

  async update(arn, before, after, context) {
    const changed = ["port", "protocol", "defaultActions", "certificateArn", "sslPolicy", "alpnPolicy"];
    if (differs(before, after, ...changed))
      await context.elbv2.send(new ModifyListenerCommand({ ListenerArn: arn, ...listenerArgument(after) }));
    await setAttributes(arn, before, after, context);
  },

  async delete(arn, _outputs, { elbv2 }) {
    await unlessGone(["ListenerNotFoundException"], () =>
      elbv2.send(new DeleteListenerCommand({ ListenerArn: arn })),
    );
  },

  setTags: setElbv2Tags,
};
