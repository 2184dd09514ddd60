import Glibc

/// Raises the soft limit of open files to the hard one: each connection is a file, and the usual soft limit of 1,024 is for programs that
/// use select(2).
func raiseDescriptorLimit() {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
}
