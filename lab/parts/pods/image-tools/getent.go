package main

import (
	"fmt"
	"net"
	"os"
)

// getent hosts NAME prints the addresses of a name by /etc/hosts and DNS, as programs find them. https://man7.org/linux/man-pages/man1/getent.1.html
func getent() {
	if len(os.Args) != 3 || (os.Args[1] != "hosts" && os.Args[1] != "ahosts") {
		fmt.Fprintln(os.Stderr, "usage: getent hosts NAME")
		os.Exit(1)
	}
	addresses, err := net.LookupHost(os.Args[2])
	if err != nil {
		os.Exit(2)
	}
	for _, address := range addresses {
		fmt.Printf("%-15s %s\n", address, os.Args[2])
	}
}
