/** What a failed call to the Kubernetes API means. */
import { ApiException } from "@kubernetes/client-node";

interface SpawnError extends Error {
  readonly code?: string;
  readonly syscall?: string;
}

export function kubernetesReason(error: Error): string | undefined {
  if (error instanceof ApiException) return byCode(error.code, statusMessage(error.body));
  const { code, syscall } = error as SpawnError;
  if (code === "ENOENT" && syscall?.startsWith("spawn ") === true) {
    return `the kubeconfig gets its credentials from ${syscall.slice("spawn ".length)}, which is not installed here; install it, or put it on the PATH`;
  }
  return undefined;
}

function byCode(code: number, message: string): string {
  switch (code) {
    case 401:
      return "the Kubernetes API does not accept the kubeconfig's credentials (401); renew them: on Amazon EKS with aws eks update-kubeconfig";
    case 403:
      return `no permission in the Kubernetes API: ${message}; ask for a role that may get services and list endpointslices and nodes`;
    case 429:
      return "the Kubernetes API is overloaded (429); try again";
    default:
      return `the Kubernetes API answered ${code}${message === "" ? "" : `: ${message}`}`;
  }
}

/** An error's body is a Status, as text. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
function statusMessage(body: unknown): string {
  if (typeof body !== "string") return messageIn(body);
  try {
    return messageIn(JSON.parse(body));
  } catch {
    return "";
  }
}

function messageIn(status: unknown): string {
  const { message } = (status ?? {}) as { readonly message?: unknown };
  return typeof message === "string" ? message : "";
}
