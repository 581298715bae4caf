"""조사·평가: versioned instruments, answers line by line, scores and what follows from them."""
