"""Quotas that AWS raises for an account on request, and their defaults."""

rules_per_security_group = 60
"""Inbound, and as many outbound: the quota L-0EA8095F.
https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups"""
