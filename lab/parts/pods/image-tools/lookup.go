package main

import (
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/miekg/dns"
)

// query is one question, and how to ask it.
type query struct {
	name, server string
	kind         uint16
	tcp          bool
	// Tries the domains of /etc/resolv.conf, as programs do.
	search bool
}

const answerTimeout = 5 * time.Second

// lookUp asks the servers of /etc/resolv.conf, unless the query names one. Its result is the first answer that names something, else the last one.
func lookUp(query query) (answer *dns.Msg, server string, err error) {
	configuration, err := dns.ClientConfigFromFile("/etc/resolv.conf")
	if err != nil {
		return nil, "", err
	}
	servers := configuration.Servers
	if query.server != "" {
		servers = []string{query.server}
	}
	names := []string{dns.Fqdn(query.name)}
	if query.search {
		names = configuration.NameList(query.name)
	}
	for _, name := range names {
		answer, server, err = ask(query, name, servers, configuration.Port)
		if err != nil || len(answer.Answer) > 0 {
			break
		}
	}
	return answer, server, err
}

func ask(query query, name string, servers []string, port string) (*dns.Msg, string, error) {
	question := new(dns.Msg).SetQuestion(name, query.kind)
	failure := errors.New("there is no server in /etc/resolv.conf")
	for _, server := range servers {
		address := net.JoinHostPort(server, port)
		client := dns.Client{Timeout: answerTimeout, Net: networkOf(!query.tcp, false, false)}
		answer, _, err := client.Exchange(question, address)
		if err == nil && answer.Truncated {
			client.Net = "tcp"
			answer, _, err = client.Exchange(question, address)
		}
		if err == nil {
			return answer, server, nil
		}
		failure = fmt.Errorf("no answer from %s: %w", server, err)
	}
	return nil, "", failure
}
