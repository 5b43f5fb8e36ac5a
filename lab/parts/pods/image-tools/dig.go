package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/miekg/dns"
)

// dig [@SERVER] [-x ADDRESS | NAME] [TYPE] [+tcp] [+search] [+short] [+noall +answer]; https://bind9.readthedocs.io/en/stable/manpages.html#dig-dns-lookup-utility
func dig() {
	query, shown, err := parseDig(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "dig: %v\n", err)
		os.Exit(1)
	}
	answer, server, err := lookUp(query)
	if err != nil {
		fmt.Printf(";; %v\n", err)
		os.Exit(9)
	}
	showAnswer(answer, server, shown)
}

// shown is what dig prints of an answer, by the names of its options.
type shown map[string]bool

func parseDig(args []string) (query, shown, error) {
	asked := query{name: ".", kind: dns.TypeA}
	parts := shown{}
	all := func(wanted bool) {
		for _, part := range []string{"comments", "question", "answer", "authority"} {
			parts[part] = wanted
		}
	}
	all(true)
	for index := 0; index < len(args); index++ {
		arg := args[index]
		kind, isKind := dns.StringToType[strings.ToUpper(arg)]
		switch {
		case strings.HasPrefix(arg, "@"):
			asked.server = arg[1:]
		case strings.HasPrefix(arg, "+"):
			option, isNegative := strings.CutPrefix(arg[1:], "no")
			switch option {
			case "tcp", "vc":
				asked.tcp = !isNegative
			case "search":
				asked.search = !isNegative
			case "all":
				all(!isNegative)
			default:
				parts[option] = !isNegative
			}
		case arg == "-x" && index+1 < len(args):
			index++
			name, err := dns.ReverseAddr(args[index])
			if err != nil {
				return asked, parts, err
			}
			asked.name, asked.kind = name, dns.TypePTR
		case isKind:
			asked.kind = kind
		case arg != "IN" && !strings.HasPrefix(arg, "-"):
			asked.name = arg
		}
	}
	return asked, parts, nil
}

func showAnswer(answer *dns.Msg, server string, parts shown) {
	if parts["short"] {
		for _, record := range answer.Answer {
			fmt.Println(strings.TrimPrefix(record.String(), record.Header().String()))
		}
		return
	}
	if parts["comments"] {
		fmt.Println(answer.MsgHdr.String())
	}
	if parts["question"] {
		for _, question := range answer.Question {
			fmt.Println(question.String())
		}
	}
	if parts["answer"] {
		showRecords(answer.Answer)
	}
	if parts["authority"] {
		showRecords(answer.Ns)
	}
	if parts["comments"] {
		fmt.Printf("\n;; SERVER: %s#53\n", server)
	}
}

func showRecords(records []dns.RR) {
	for _, record := range records {
		fmt.Println(record.String())
	}
}
