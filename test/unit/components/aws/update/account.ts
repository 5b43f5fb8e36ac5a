/** What AWS refuses in the objects of a load balancer: a second object where it keeps one, and a deletion of what is in use. */

type Inputs = Readonly<Record<string, unknown>>;

export class Account {
  readonly #targetGroups = new Map<string, string>();
  /** Target group and protocol by load balancer and port. */
  readonly #listeners = new Map<string, { readonly protocol: string; readonly targetGroup: string }>();
  readonly #targets = new Set<string>();
  readonly #rules = new Set<string>();
  readonly #securityGroups = new Set<string>();
  /** By load balancer. */
  readonly #groupsOf = new Map<string, readonly string[]>();

  /** @param id the object's own id, as AWS draws one for each new object */
  create(type: string, id: string, inputs: Inputs): void {
    if (type === "TargetGroup") this.#targetGroups.set(id, String(inputs.protocol));
    if (type === "Listener") this.#listen(inputs);
    // Registering a target a second time changes nothing.
    if (isAttachment(type)) this.#targets.add(targetOf(inputs));
    if (type === "SecurityGroup") this.#securityGroups.add(id);
    if (type === "LoadBalancer") this.#groupsOf.set(id, groupsIn(inputs));
    if (isRule(type)) this.#open(type, inputs);
  }

  update(type: string, id: string, before: Inputs, after: Inputs): void {
    if (type === "LoadBalancer") {
      if ((this.#groupsOf.get(id)?.length === 0) !== (groupsIn(after).length === 0))
        throw new Error(`InvalidConfigurationRequest: security groups of ${id}`);
      this.#groupsOf.set(id, groupsIn(after));
    }
    if (type === "Listener") {
      this.#listeners.delete(listenerOf(before));
      this.#listen(after);
    }
    if (isRule(type) && ruleOf(type, before) !== ruleOf(type, after)) {
      this.#open(type, after);
      this.#rules.delete(ruleOf(type, before));
    }
  }

  delete(type: string, id: string, inputs: Inputs): void {
    if (type === "TargetGroup") {
      const used = [...this.#listeners.values()].some(({ targetGroup }) => targetGroup === id);
      if (used) throw new Error(`ResourceInUse: ${id}`);
      this.#targetGroups.delete(id);
    }
    if (type === "Listener") this.#listeners.delete(listenerOf(inputs));
    if (isAttachment(type)) this.#targets.delete(targetOf(inputs));
    if (type === "LoadBalancer") this.#groupsOf.delete(id);
    if (isRule(type)) this.#rules.delete(ruleOf(type, inputs));
    if (type === "SecurityGroup") {
      const users = [
        ...[...this.#groupsOf.values()].flat(),
        ...[...this.#rules].flatMap((rule) => rule.split("|")),
      ];
      if (users.includes(id)) throw new Error(`DependencyViolation: ${id}`);
      this.#securityGroups.delete(id);
    }
  }

  /** Without the numbers of the groups that the program makes. */
  get rules(): readonly string[] {
    return [...this.#rules].map((rule) => rule.replaceAll(/(SecurityGroup \S+) \d+/g, "$1")).sort();
  }

  get securityGroupCount(): number {
    return this.#securityGroups.size;
  }

  /** The listeners of all load balancers: protocol and targets by port. */
  get listeners(): Readonly<Record<string, string>> {
    const listeners = [...this.#listeners].map(([listener, { protocol, targetGroup }]) => {
      const prefix = `${targetGroup} `;
      const targets = [...this.#targets].filter((target) => target.startsWith(prefix));
      const names = targets.map((target) => target.slice(prefix.length)).sort();
      return [listener, `${protocol} to ${names.join(", ") || "nothing"}`] as const;
    });
    return Object.fromEntries(listeners.sort());
  }

  get targetGroupCount(): number {
    return this.#targetGroups.size;
  }

  #listen(inputs: Inputs): void {
    const listener = listenerOf(inputs);
    if (this.#listeners.has(listener)) throw new Error(`DuplicateListener: ${listener}`);
    const [{ targetGroupArn }] = inputs.defaultActions as [{ targetGroupArn: string }];
    const protocol = String(inputs.protocol);
    if (this.#targetGroups.get(targetGroupArn) !== protocol)
      throw new Error(`InvalidLoadBalancerAction: no ${protocol} target group ${targetGroupArn}`);
    const elsewhere = [...this.#listeners].some(
      ([other, { targetGroup }]) =>
        targetGroup === targetGroupArn && balancerOf(other) !== balancerOf(listener),
    );
    if (elsewhere) throw new Error(`TargetGroupAssociationLimit: ${targetGroupArn}`);
    this.#listeners.set(listener, { protocol, targetGroup: targetGroupArn });
  }

  #open(type: string, inputs: Inputs): void {
    const rule = ruleOf(type, inputs);
    if (this.#rules.has(rule)) throw new Error(`InvalidPermission.Duplicate: ${rule}`);
    this.#rules.add(rule);
  }
}

const isAttachment = (type: string): boolean => type === "TargetGroupAttachment" || type === "Attachment";

const listenerOf = ({ loadBalancerArn, port }: Inputs): string =>
  `${String(loadBalancerArn)} ${String(port)}`;

const balancerOf = (listener: string): string => listener.slice(0, listener.lastIndexOf(" "));

const targetOf = (inputs: Inputs): string =>
  `${String(inputs.targetGroupArn ?? inputs.lbTargetGroupArn)} ${String(inputs.targetId ?? inputs.autoscalingGroupName)}`;

const isRule = (type: string): boolean => /^SecurityGroup(?:In|E)gressRule$/.test(type);

const groupsIn = ({ securityGroups = [] }: Inputs): readonly string[] => securityGroups as readonly string[];

const ruleOf = (type: string, rule: Inputs): string =>
  [
    type,
    rule.securityGroupId,
    rule.ipProtocol,
    rule.fromPort,
    rule.toPort,
    rule.cidrIpv4 ?? rule.referencedSecurityGroupId,
  ].join("|");
