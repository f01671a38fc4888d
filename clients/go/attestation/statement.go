package attestation

import (
	"fmt"
	"regexp"
	"slices"
)

const (
	statementType = "https://in-toto.io/Statement/v1"
	payloadType   = "application/vnd.in-toto+json"
	// PredicateType is the predicate that this version reads.
	PredicateType = "https://isthmus.dev/attestation/proof-of-learning/v0.1"
	// ModelSubject names the subject whose digest is that of the file list: it stands for the model as a whole.
	ModelSubject      = "model:file-list"
	maxStatementBytes = 180_000
)

// AssuranceLevel says how far a training run was verified.
type AssuranceLevel string

// Levels, weakest first.
const (
	L0Integrity       AssuranceLevel = "L0_INTEGRITY"
	L1LegacyTolerance AssuranceLevel = "L1_LEGACY_TOLERANCE"
	L2Sampled         AssuranceLevel = "L2_SAMPLED"
	L3Full            AssuranceLevel = "L3_FULL"
	L4FullQuorum      AssuranceLevel = "L4_FULL_QUORUM"
)

var levels = []string{
	string(L0Integrity), string(L1LegacyTolerance), string(L2Sampled), string(L3Full), string(L4FullQuorum),
}

// Reaches tells whether a level is at least as strong as another.
func (level AssuranceLevel) Reaches(minimum AssuranceLevel) bool {
	return slices.Index(levels, string(level)) >= slices.Index(levels, string(minimum))
}

func (level AssuranceLevel) known() bool { return slices.Contains(levels, string(level)) }

// ProofMode says whether the nonce came before the training.
type ProofMode string

// The modes.
const (
	Online  ProofMode = "ONLINE"
	PostHoc ProofMode = "POSTHOC"
)

// Statement is an in-toto statement that was read strictly.
type Statement struct {
	// Subjects gives the SHA-256 by name.
	Subjects map[string]string
	RunID    string
	Mode     ProofMode
	Level    AssuranceLevel
	// Predicate is everything that was said, as JSON; docs/proof-formats.md describes the members.
	Predicate map[string]any
}

var (
	printable = regexp.MustCompile(`^[\x21-\x7e]{1,512}$`)
	short     = regexp.MustCompile(`^[\x20-\x7e]{1,128}$`)
	subject   = regexp.MustCompile(`^[^\n\r\x{2028}\x{2029}]{1,512}$`)
	runID     = regexp.MustCompile(`^([0-9a-f]{2}){16,32}$`)
	utcTime   = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$`)
)

// parseStatement reads the payload of a verified envelope; unknown members are ignored, as in-toto asks.
func parseStatement(payload []byte, accepted []string) (Statement, error) {
	value, err := strictJSON(payload, maxStatementBytes, maxDepth)
	if err != nil {
		return Statement{}, refuse(StatementMalformed, "statement: %v", err)
	}
	read := readFields(value, StatementMalformed, "statement")
	read.word("_type", statementType)
	predicateType := read.text("predicateType", printable)
	if err := read.failed(); err != nil {
		return Statement{}, err
	}
	if !slices.Contains(accepted, predicateType) {
		return Statement{}, refuse(PredicateTypeOther, "the statement has the predicate type %s", predicateType)
	}
	subjects := map[string]string{}
	for _, one := range read.objects("subject") {
		name := one.text("name", subject)
		if _, twice := subjects[name]; twice {
			read.fail("subject", "two have one name")
		}
		subjects[name] = one.object("digest").sha256("sha256")
	}
	if len(subjects) == 0 {
		read.fail("subject", "is empty")
	}
	statement := checkPredicate(read.object("predicate"))
	statement.Subjects = subjects
	return statement, read.failed()
}

func checkPredicate(read fields) Statement {
	checkVerifier(read.object("verifier"))
	run := read.object("run")
	checkRun(run)
	checkProgram(read.object("program"))
	checkInputs(read.object("inputs"))
	trajectory := read.object("trajectory")
	checkTrajectory(trajectory)
	verification := read.object("verification")
	level := AssuranceLevel(verification.word("level", levels...))
	compare := verification.word("compare", "EXACT", "TOLERANCE")
	replayed := verification.integer("replayedSegments", 0, maxSafe)
	replayedAll := verification.boolean("replayedAll")
	checkSoundness(verification.object("soundness"))
	for _, claim := range read.array("nonClaims") {
		if _, isText := claim.(string); !isText {
			read.fail("nonClaims", "expected words")
		}
	}
	// The parts have to agree.
	segments := trajectory.integer("segments", 1, maxSafe)
	mode := ProofMode(run.word("mode", string(Online), string(PostHoc)))
	switch {
	case replayed > segments:
		read.fail("verification", "more segments replayed than there are")
	case replayedAll != (replayed == segments):
		read.fail("verification", fmt.Sprintf(`"replayedAll" contradicts %v of %v segments`, replayed, segments))
	case level.Reaches(L2Sampled) && compare != "EXACT":
		read.fail("verification", string(level)+" is an exact comparison")
	case level.Reaches(L3Full) && !replayedAll:
		read.fail("verification", string(level)+" is a replay of all segments")
	case (mode == Online) != (run.members["nonceSha256"] != nil):
		read.fail("run", "exactly ONLINE runs have a nonce")
	}
	return Statement{RunID: run.text("id", runID), Mode: mode, Level: level, Predicate: read.members}
}
