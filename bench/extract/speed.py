"""trafilatura over the pages of a list, for `cargo bench --bench pages`: its seconds of processor time in two passes, and the most megabytes that it held."""
import resource, sys, time
import trafilatura
pages = [open(line.strip(), "rb").read() for line in open(sys.argv[1])]
read = lambda page: trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
for page in pages[::10]: read(page)
def one_pass():
    start = time.process_time()
    for page in pages: read(page)
    return time.process_time() - start
print(one_pass(), one_pass(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
