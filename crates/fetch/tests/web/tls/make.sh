#!/bin/sh
# Makes the certificates of the test server: an authority of our own and what it signed. Needs openssl 3.
# The key guards nothing: it is known to all who read this, and no program trusts its authority unless it is told to.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
new_key "$work/authority.key"
new_key "$work/server.key"
openssl pkcs8 -topk8 -nocrypt -in "$work/server.key" -outform DER -out server.key.der
openssl req -x509 -new -key "$work/authority.key" -days 36500 -subj "/CN=Vale test authority" -out authority.pem \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign"
touch "$work/index" && echo 01 > "$work/serial"
cat > "$work/ca.cnf" <<END
[ca]
default_ca = own
[own]
database = $work/index
serial = $work/serial
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
END
# Name, host, first and last second.
sign() {
  openssl req -new -key "$work/server.key" -subj "/CN=$2" -addext "subjectAltName=DNS:$2,IP:127.0.0.1" -out "$work/$1.csr"
  [ "$1" = elsewhere ] && openssl req -new -key "$work/server.key" -subj "/CN=$2" -addext "subjectAltName=DNS:$2" -out "$work/$1.csr"
  openssl ca -batch -notext -config "$work/ca.cnf" -keyfile "$work/authority.key" -cert authority.pem -in "$work/$1.csr" \
    -startdate "$3" -enddate "$4" -out "$1.pem"
}
sign good ledger.test 20250101000000Z 21250101000000Z
sign ended ledger.test 20240101000000Z 20250101000000Z
sign unborn ledger.test 21000101000000Z 21250101000000Z
sign elsewhere other.test 20250101000000Z 21250101000000Z
rm -r "$work"
