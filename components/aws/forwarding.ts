import type { ComponentResource, ComponentResourceOptions, Input, Resource } from "@pulumi/pulumi";
import type { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Attachment } from "@pulumi/aws/autoscaling/attachment.js";
import { Listener } from "@pulumi/aws/lb/listener.js";
import { ListenerCertificate } from "@pulumi/aws/lb/listenerCertificate.js";
import type { LoadBalancer } from "@pulumi/aws/lb/loadBalancer.js";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup.js";
import { TargetGroupAttachment } from "@pulumi/aws/lb/targetGroupAttachment.js";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { listenerAttributes, targetGroupAttributes } from "./attributes.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { declareAlarm } from "./declareAlarm.ts";
import type { ResolvedHealthCheck } from "./healthCheck.ts";
import { importedTargetGroup, importing } from "./importedLoadBalancer.ts";
import type { ImportedLoadBalancer } from "./importedLoadBalancer.ts";
import { bindTargetGroup } from "./targetGroupBinding.ts";
import type { BoundService } from "./targetGroupBinding.ts";
import type { ListenerProtocol } from "./listeners.ts";
import { targetGroupSuffix } from "./targets.ts";
import { certificateIdOf, defaultSslPolicy } from "./tls.ts";
import type { Tls } from "./tls.ts";
import { defaultTargetType } from "./targetType.ts";
import type { TargetOptions } from "./targetType.ts";
import type { TrafficOptions } from "./trafficOptions.ts";
import type { AlarmOptions } from "./unhealthyHostCountAlarm.ts";

/** A port of a load balancer, with all defaults applied. */
export interface ForwardedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: ListenerProtocol;
  readonly targetProtocol: ListenerProtocol;
  /** If the protocol is TLS. */
  readonly tls?: Tls;
  readonly nodePort: Input<number>;
  readonly healthCheck: ResolvedHealthCheck;
}

/** What all ports of a load balancer have in common. */
export interface Forwarding {
  /** In the program: the load balancer's, without its suffix, or the exposure's that joins it. */
  readonly name: string;
  /** Of load balancers and target groups, if they are replaced in another way than others. */
  readonly suffix: string;
  /** Whether a replacement deletes the old load balancer first. */
  readonly deletesFirst: boolean;
  readonly loadBalancer: LoadBalancer;
  readonly network: ClusterNetwork;
  /** If the AWS Load Balancer Controller registers the nodes. */
  readonly binding?: { readonly service: BoundService; readonly definition: CustomResource };
  readonly options: TrafficOptions & TargetOptions & AlarmOptions;
  readonly tags?: Readonly<Record<string, string>>;
  /** If the program takes the load balancer over. */
  readonly imported?: ImportedLoadBalancer;
  /** The load balancer that an exposure joins. @default the listeners are the load balancer's own */
  readonly joins?: { readonly name: string; readonly component: ComponentResource };
  readonly parent: ComponentResource;
}

/**
 * Declares a listener, its target group, and the nodes as targets. They are named after the port's number: AWS has one listener for it, so
 * a port with another name or protocol must be an update of the same listener. An attachment is named like its target group: a second
 * one for the same target would deregister it when the first is deleted. On a load balancer that exposures join, a listener has the load balancer's name: if another
 * exposure takes over the port, the listener switches to that one's target group.
 */
export function forward(port: ForwardedPort, forwarding: Forwarding): TargetGroup {
  const { name, suffix, deletesFirst, loadBalancer, network, binding, options, joins, imported, parent } =
    forwarding;
  const groupSuffix = `${targetGroupSuffix(network, binding !== undefined, options.targetType)}${suffix}`;
  const tags = withoutUndefined({ tags: forwarding.tags });
  const { protocol, targetProtocol, tls, healthCheck: check } = port;
  const resourceOptions = formerly(name, port, parent);
  const group = importedTargetGroup(imported, port);
  const targetGroup = new TargetGroup(
    `${name}-${port.port}${groupSuffix}`,
    {
      targetType: options.targetType ?? defaultTargetType,
      protocol: targetProtocol,
      port: port.nodePort,
      vpcId: network.vpcId,
      healthCheck: {
        protocol: check.protocol,
        port: String(check.port),
        ...withoutUndefined({ path: check.path, matcher: check.matcher }),
        interval: check.intervalSeconds,
        timeout: check.timeoutSeconds,
        healthyThreshold: check.healthyThresholdCount,
        unhealthyThreshold: check.unhealthyThresholdCount,
      },
      ...targetGroupAttributes(options),
      ...withoutUndefined({ name: group?.name }),
      ...tags,
    },
    // A new load balancer cannot use the old one's target groups while the old one exists, and Pulumi deletes that last.
    {
      ...resourceOptions(groupSuffix),
      ...importing(group?.arn),
      ...(deletesFirst ? {} : { replaceWith: [loadBalancer] }),
      // Nor can the load balancer that an exposure joins next.
      ...(joins === undefined ? {} : { replacementTrigger: joins.name }),
    },
  );
  if (options.unhealthyHostCountAlarm !== undefined)
    declareAlarm(options.unhealthyHostCountAlarm, {
      name: `${name}-${port.port}`,
      port: port.name,
      loadBalancer,
      targetGroup,
      tags: forwarding.tags,
      parent,
    });
  const dependsOn: Resource[] =
    binding === undefined
      ? attach(targetGroup, `${name}-${port.port}`, network, resourceOptions)
      : [
          bindTargetGroup({
            ...binding,
            name: `${name}-${port.port}`,
            targetGroup,
            portName: port.name,
            protocol: targetProtocol,
            vpcId: network.vpcId,
            targetType: options.targetType ?? defaultTargetType,
            parent,
          }),
        ];
  const listenerName = `${joins?.name ?? name}-${port.port}`;
  const aliases = joins === undefined ? [] : [{ parent: joins.component }];
  const listener = new Listener(
    listenerName,
    {
      loadBalancerArn: loadBalancer.arn,
      port: port.port,
      protocol,
      defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
      ...(tls === undefined ? {} : tlsArguments(tls)),
      ...listenerAttributes(options, protocol),
      ...tags,
    },
    // When the target group is replaced, the listener switches to the new one only after it has its targets.
    {
      ...(joins === undefined ? resourceOptions() : { parent, aliases }),
      ...importing(imported?.listeners.find((listener) => listener.port === port.port)?.arn),
      dependsOn,
    },
  );
  for (const certificateArn of tls?.additionalCertificateArns ?? [])
    new ListenerCertificate(
      `${listenerName}-${certificateIdOf(certificateArn)}`,
      { listenerArn: listener.arn, certificateArn },
      { parent, aliases },
    );
  return targetGroup;
}

/** The policy is always set: AWS keeps the last one of a listener that names none any more. */
function tlsArguments({ certificateArn, sslPolicy = defaultSslPolicy, alpnPolicy }: Tls) {
  return { certificateArn, sslPolicy, ...withoutUndefined({ alpnPolicy }) };
}

/** Makes the nodes targets: through their Auto Scaling groups, or each separately. */
function attach(
  { arn }: TargetGroup,
  name: string,
  { autoscalingGroupNames, nodeInstanceIds }: ClusterNetwork,
  options: ReturnType<typeof formerly>,
): (Attachment | TargetGroupAttachment)[] {
  if (autoscalingGroupNames !== undefined)
    return autoscalingGroupNames.map(
      (autoscalingGroupName) =>
        new Attachment(
          `${name}-${autoscalingGroupName}`,
          { autoscalingGroupName, lbTargetGroupArn: arn },
          options(`-${autoscalingGroupName}`),
        ),
    );
  return nodeInstanceIds.map(
    (targetId) =>
      new TargetGroupAttachment(
        `${name}-${targetId}`,
        { targetGroupArn: arn, targetId },
        options(`-${targetId}`),
      ),
  );
}

/**
 * Earlier versions named these resources after the port's name. A name that starts with a digit is no alias: another port's resource may
 * have it now.
 */
function formerly(name: string, port: ForwardedPort, parent: ComponentResource) {
  return (suffix = ""): ComponentResourceOptions => ({
    parent,
    aliases: /^\d/.test(port.name) ? [] : [{ name: `${name}-${port.name}${suffix}` }],
  });
}
