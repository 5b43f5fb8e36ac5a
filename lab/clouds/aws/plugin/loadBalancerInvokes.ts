/** Look-ups of load balancers, their listeners and target groups. */
import type { GetListenerResult } from "@pulumi/aws/lb/getListener.js";
import type { GetLoadBalancerResult } from "@pulumi/aws/lb/getLoadBalancer.js";
import type { GetTargetGroupResult } from "@pulumi/aws/lb/getTargetGroup.js";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  paginateDescribeListeners,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Properties, Value } from "../../../providers/values.ts";
import { all, type Invoke, type ResultOf } from "./lookUps.ts";
import type { Context, ResourceType } from "./resource.ts";
import { listener } from "./resources/listener.ts";
import { loadBalancer } from "./resources/loadBalancer.ts";
import { targetGroup } from "./resources/targetGroup.ts";

/** What the resource of this ARN has. */
async function found(type: ResourceType, arn: string | undefined, args: Properties, context: Context) {
  const live = arn === undefined ? undefined : await type.read(arn, context);
  if (arn === undefined || live === undefined) throw new Error(`nothing matches ${JSON.stringify(args)}`);
  const { tagsAll, ...rest } = live;
  return { ...rest, id: arn, tags: tagsAll } satisfies Record<string, Value | undefined>;
}

async function getLoadBalancer(args: Properties, context: Context) {
  const named = { Names: [args.name as string] };
  const { LoadBalancers } = await context.elbv2.send(new DescribeLoadBalancersCommand(named));
  return (await found(
    loadBalancer,
    LoadBalancers?.[0]?.LoadBalancerArn,
    args,
    context,
  )) satisfies ResultOf<GetLoadBalancerResult>;
}

async function getListener(args: Properties, context: Context) {
  const pages = paginateDescribeListeners(
    { client: context.elbv2 },
    { LoadBalancerArn: args.loadBalancerArn as string },
  );
  const listeners = await all(pages, ({ Listeners }) => Listeners);
  const arn = listeners.find(({ Port }) => Port === args.port)?.ListenerArn;
  return (await found(listener, arn, args, context)) satisfies ResultOf<GetListenerResult>;
}

async function getTargetGroup(args: Properties, context: Context) {
  const named = { TargetGroupArns: [args.arn as string] };
  const { TargetGroups } = await context.elbv2.send(new DescribeTargetGroupsCommand(named));
  return (await found(
    targetGroup,
    TargetGroups?.[0]?.TargetGroupArn,
    args,
    context,
  )) satisfies ResultOf<GetTargetGroupResult>;
}

export const loadBalancerInvokes: Readonly<Record<string, Invoke>> = {
  "aws:lb/getListener:getListener": {
    arguments: {
      loadBalancerArn: { type: "string", required: true },
      port: { type: "number", required: true },
    },
    call: getListener,
  },
  "aws:lb/getLoadBalancer:getLoadBalancer": {
    arguments: { name: { type: "string", required: true } },
    call: getLoadBalancer,
  },
  "aws:lb/getTargetGroup:getTargetGroup": {
    arguments: { arn: { type: "string", required: true } },
    call: getTargetGroup,
  },
};
