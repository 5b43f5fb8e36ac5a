"""Errors of Elastic Load Balancing with the messages of AWS.

A message with a URL was seen there in an answer of AWS. The others follow the same form.
"""

from moto.elbv2.exceptions import ELBClientError


def already_exists(kind: str, name: str) -> ELBClientError:
    """https://github.com/fortinet/fortigate-terraform-deploy/issues/21"""
    code = {"load balancer": "DuplicateLoadBalancerName", "target group": "DuplicateTargetGroupName"}[kind]
    return ELBClientError(code, f"A {kind} with the same name '{name}' exists, but with different settings")


def duplicate_listener(load_balancer_arn: str) -> ELBClientError:
    """https://github.com/hashicorp/terraform/issues/26407"""
    return ELBClientError(
        "DuplicateListener", f"A listener already exists on this port for this load balancer '{load_balancer_arn}'"
    )


def port_in_use(port: int) -> ELBClientError:
    """https://github.com/hashicorp/terraform/issues/26407"""
    return ELBClientError("ValidationError", f"Listener port '{port}' is already in use")


def incompatible_protocols(target_group_arn: str) -> ELBClientError:
    """https://github.com/hashicorp/terraform-provider-aws/issues/4955"""
    return ELBClientError(
        "IncompatibleProtocols",
        f"The listener and its associated target group '{target_group_arn}' have incompatible protocols",
    )


def more_than_one_load_balancer(target_group_arn: str) -> ELBClientError:
    """https://github.com/hashicorp/terraform-provider-aws/issues/22005"""
    return ELBClientError(
        "TargetGroupAssociationLimit",
        f"The following target groups cannot be associated with more than one load balancer: {target_group_arn}",
    )


def instances_do_not_exist(ids: list[str]) -> ELBClientError:
    """https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/272"""
    return ELBClientError("InvalidTarget", f"The following instances do not exist: {_quoted(ids)}")


def targets_not_running(ids: list[str]) -> ELBClientError:
    """https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/87"""
    return ELBClientError(
        "InvalidTarget",
        f"The following targets are not in a running state and cannot be registered: {_quoted(ids)}",
    )


def targets_outside_vpc(ids: list[str], vpc_id: str) -> ELBClientError:
    return ELBClientError(
        "InvalidTarget", f"The following targets are not in the target group VPC '{vpc_id}': {_quoted(ids)}"
    )


def instance_id_not_valid(target_id: str) -> ELBClientError:
    """https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3668"""
    return ELBClientError("ValidationError", f"Instance ID '{target_id}' is not valid")


def address_not_valid(address: str) -> ELBClientError:
    return ELBClientError("ValidationError", f"The IP address '{address}' is not a valid IPv4 address")


def address_outside_vpc(address: str) -> ELBClientError:
    """https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3714"""
    return ELBClientError(
        "ValidationError", f"The Availability Zone is required for IP address '{address}' because it is not in the VPC"
    )


def address_in_vpc(address: str, zone: str, actual: str) -> ELBClientError:
    """https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/561"""
    return ELBClientError(
        "ValidationError",
        f"The IP address '{address}' is within the VPC, and cannot have its Availability Zone overridden "
        f"to '{zone}' from '{actual}'",
    )


def address_not_private(address: str, blocks: tuple[str, ...]) -> ELBClientError:
    return ELBClientError(
        "ValidationError",
        f"The IP address '{address}' is neither within the VPC nor within one of the blocks {', '.join(blocks)}",
    )


def zone_not_valid(zone: str) -> ELBClientError:
    return ELBClientError("ValidationError", f"Availability Zone '{zone}' is not valid")


def security_groups_came_too_late() -> ELBClientError:
    """https://github.com/kubernetes-sigs/cluster-api-provider-aws/issues/4790"""
    return ELBClientError(
        "InvalidConfigurationRequest",
        "You cannot set security groups on a Network Load Balancer which was created without any security groups.",
    )


def too_many_tags(name: str) -> ELBClientError:
    return ELBClientError(
        "TooManyTags",
        f"The quota for the number of tags that can be assigned to a load balancer has been reached: {name}",
    )


def invalid_scheme(scheme: str, allowed: tuple[str, ...]) -> ELBClientError:
    return ELBClientError("InvalidScheme", f"Load balancer scheme '{scheme}' must be one of '{', '.join(allowed)}'")


def invalid_instance(ids: list[str]) -> ELBClientError:
    return ELBClientError("InvalidInstance", f"Could not find EC2 instance {_quoted(ids)}.")


def unsupported_protocol(protocol: str, allowed: tuple[str, ...]) -> ELBClientError:
    return ELBClientError("UnsupportedProtocol", f"Protocol '{protocol}' must be one of '{', '.join(allowed)}'")


def certificate_not_found(arn: str) -> ELBClientError:
    """https://github.com/hashicorp/terraform-provider-aws/issues/6211"""
    return ELBClientError("CertificateNotFound", f"Certificate '{arn}' not found")


def ssl_policy_not_found(name: str) -> ELBClientError:
    return ELBClientError("SSLPolicyNotFound", f"SSL policy '{name}' not found")


def alpn_policy_not_supported(names: list[str]) -> ELBClientError:
    return ELBClientError("ALPNPolicyNotFound", f"ALPN policy {_quoted(names)} is not supported")


def default_certificate_stays(arn: str) -> ELBClientError:
    return ELBClientError("OperationNotPermitted", f"Default certificate '{arn}' cannot be removed from the listener")


def reserved_tag(key: str) -> ELBClientError:
    """https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4644"""
    return invalid(f"Tag key '{key}' cannot start with 'aws:'")


def private_address_not_internal() -> ELBClientError:
    """https://github.com/redhat-developer/mapt/issues/312"""
    return invalid("You can only specify private IPv4 addresses for Network Load Balancers with scheme 'internal'.")


def elastic_ip_internal() -> ELBClientError:
    """https://github.com/terraform-aws-modules/terraform-aws-alb/issues/285"""
    return unsupported("Elastic IPs are not supported for load balancers with scheme 'internal'")


def allocations_in_use() -> ELBClientError:
    """https://github.com/hashicorp/terraform-provider-aws/issues/15031"""
    return ELBClientError("ResourceInUse", "The allocation IDs are not available for use")


def invalid(message: str) -> ELBClientError:
    return ELBClientError("ValidationError", message)


def unsupported(message: str) -> ELBClientError:
    return ELBClientError("InvalidConfigurationRequest", message)


def out_of_range(parameter: str, value: int, least: int, most: int) -> ELBClientError:
    """AWS uses this form for every number outside the range in the service's model."""
    bound = f"greater than or equal to {least}" if value < least else f"less than or equal to {most}"
    return invalid(
        f"1 validation error detected: Value '{value}' at '{parameter}' failed to satisfy constraint: "
        f"Member must have value {bound}"
    )


def _quoted(ids: list[str]) -> str:
    return ", ".join(f"'{each}'" for each in ids)
