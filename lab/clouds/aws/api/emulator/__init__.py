"""The lab's AWS API: moto's server with a plug-in for Network Load Balancers as AWS runs them.

moto (https://docs.getmoto.org) answers EC2, both versions of Elastic Load Balancing, Auto Scaling and STS. Where moto
differs from AWS in a way that matters to the lab's cloud controller manager, data plane or Pulumi program, this package
replaces it with subclasses of moto's back ends. Run it with `python -m emulator --help`.
"""
