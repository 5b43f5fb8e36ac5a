/** AWS clients that answer from a table, by the name of the API action, and keep what they were asked. */
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";

type Input = Readonly<Record<string, unknown>>;

/** An answer by action; a function may look at the input, throw, or never resolve. */
type Answer = (input: Input) => unknown;

export type Answers = Readonly<Record<string, object | Answer>>;

export interface Call {
  readonly action: string;
  readonly input: Input;
}

interface Command {
  readonly input: Input;
  readonly constructor: { readonly name: string };
}

const settings = { region: "us-west-2", credentials: { accessKeyId: "test", secretAccessKey: "test" } };

export function elbClient(answers: Answers, calls: Call[] = []): ElasticLoadBalancingClient {
  return Object.assign(new ElasticLoadBalancingClient(settings), { send: answering(answers, calls) });
}

export function elbv2Client(answers: Answers, calls: Call[] = []): ElasticLoadBalancingV2Client {
  return Object.assign(new ElasticLoadBalancingV2Client(settings), { send: answering(answers, calls) });
}

export function ec2Client(answers: Answers, calls: Call[] = []): EC2Client {
  return Object.assign(new EC2Client(settings), { send: answering(answers, calls) });
}

function answering(answers: Answers, calls: Call[]): (command: Command) => Promise<unknown> {
  return async ({ input, constructor }) => {
    const action = constructor.name.replace(/Command$/, "");
    // Paginators change their input for the next page.
    calls.push({ action, input: { ...input } });
    const answer = answers[action];
    if (answer === undefined) throw new Error(`nobody expects ${action} here`);
    return typeof answer === "function" ? await (answer as Answer)(input) : answer;
  };
}

/** An error as the AWS SDK throws it. */
export function sdkError(name: string, message = "", httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

export const never = (): Promise<never> => new Promise(() => undefined);

export const unheeded = new AbortController().signal;
