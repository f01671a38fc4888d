package attestation

func checkVerifier(read fields) {
	read.text("id", printable)
	read.text("version", short)
	profile := read.object("kernelProfile")
	profile.text("name", short)
	profile.text("version", short)
	profile.sha256("wasmSha256")
	profile.sha256("canarySha256")
}

func checkRun(read fields) {
	read.sha256("manifestSha256")
	read.sha256("proverKeyId")
	read.sha256OrNull("nonceSha256")
	read.integer("startLogIndex", 0, maxSafe)
	read.integer("priorAttemptsByProver", 0, maxSafe)
	for _, name := range []string{"startedAt", "committedAt", "verifiedAt"} {
		read.text(name, utcTime)
	}
}

func checkProgram(read fields) {
	read.text("name", short)
	read.text("version", short)
	read.object("digest").sha256("sha256")
	read.word("stoppingRule", "IN_PROGRAM")
	read.object("plan")
	read.sha256("planSha256")
}

func checkInputs(read fields) {
	for _, records := range read.objects("records") {
		records.text("name", short)
		records.integer("size", 0, maxSafe)
		records.object("digest").sha256("sha256")
		records.sha256("merkleRoot")
	}
	for _, artefact := range read.objects("artefacts") {
		artefact.text("name", short)
		artefact.object("digest").sha256("sha256")
		artefact.sha256OrNull("attestationId")
	}
}

func checkTrajectory(read fields) {
	for _, name := range []string{"steps", "segmentSteps", "segments"} {
		read.integer(name, 1, maxSafe)
	}
	for _, name := range []string{"chainHeadSha256", "statesRootSha256", "initialStateHash", "finalStateHash"} {
		read.sha256(name)
	}
	read.word("reads", "COMMITTED_PER_SEGMENT")
}

func checkSoundness(read fields) {
	read.word("model", "hypergeometric")
	for _, entry := range read.objects("missProbability") {
		probability, isNumber := entry.members["p"].(float64)
		if !isNumber || probability < 0 || probability > 1 {
			entry.fail("p", "expected a probability")
		}
		entry.integer("badSegments", 1, maxSafe)
	}
	read.integer("grindingBits", 0, 256)
}
