enum Worker {}
