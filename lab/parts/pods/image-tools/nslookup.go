package main

import (
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/miekg/dns"
)

// nslookup NAME [SERVER] prints the addresses of a name, or the name of an address. https://bind9.readthedocs.io/en/stable/manpages.html#nslookup-query-internet-name-servers-interactively
func nslookup() {
	if len(os.Args) < 2 || strings.HasPrefix(os.Args[1], "-") {
		fmt.Fprintln(os.Stderr, "usage: nslookup NAME [SERVER]")
		os.Exit(1)
	}
	name := os.Args[1]
	asked := query{name: name, kind: dns.TypeA, search: true}
	if len(os.Args) > 2 {
		asked.server = os.Args[2]
	}
	if net.ParseIP(name) != nil {
		asked.name, _ = dns.ReverseAddr(name)
		asked.kind, asked.search = dns.TypePTR, false
	}
	answer, server, err := lookUp(asked)
	if err != nil {
		fmt.Printf(";; %v\n", err)
		os.Exit(1)
	}
	fmt.Printf("Server:\t\t%s\nAddress:\t%s#53\n\n", server, server)
	if len(answer.Answer) == 0 {
		fmt.Printf("** server can't find %s: %s\n", name, dns.RcodeToString[answer.Rcode])
		os.Exit(1)
	}
	for _, record := range answer.Answer {
		owner := strings.TrimSuffix(record.Header().Name, ".")
		switch value := record.(type) {
		case *dns.A:
			fmt.Printf("Name:\t%s\nAddress: %s\n", owner, value.A)
		case *dns.CNAME:
			fmt.Printf("%s\tcanonical name = %s\n", owner, value.Target)
		case *dns.PTR:
			fmt.Printf("%s\tname = %s\n", owner, value.Ptr)
		}
	}
}
