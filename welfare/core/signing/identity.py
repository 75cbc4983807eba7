"""Who signs: a private key and its certificate, made here or given as PKCS#12."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

OWN_YEARS = 10
RSA_BITS = 3072
"""NIST SP 800-57: good beyond 2030; papers are kept ten years."""
LEAST_RSA_BITS = 2048
MOST_BYTES = 100_000

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class IdentityFault(ValueError):
    """A certificate that cannot be taken; ``code`` says why, for the form to put into words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Identity:
    """A key with its certificate and those above it, the nearest first."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def subject(self) -> str:
        """Whose it is, in words (RFC 4514)."""
        return self.certificate.subject.rfc4514_string()

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the certificate."""
        return self.certificate.fingerprint(hashes.SHA256())

    @property
    def valid_from(self) -> datetime:
        """Not before, aware."""
        return self.certificate.not_valid_before_utc

    @property
    def valid_until(self) -> datetime:
        """Not after, aware."""
        return self.certificate.not_valid_after_utc

    def certificate_pem(self) -> str:
        """The certificates, its own first."""
        each = (self.certificate, *self.chain)
        return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in each)

    def key_pem(self) -> str:
        """The key without a password: to be kept encrypted by the caller, and nowhere else."""
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()


def own_identity(name: str, *, now: datetime) -> Identity:
    """A self-made certificate in the name of the municipality, for ten years."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    whose = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "TH"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * OWN_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Identity(key, certificate)


def identity_from_pem(certificates: str, key: str) -> Identity:
    """What ``certificate_pem`` and ``key_pem`` wrote. The key is one we checked when it came in."""
    first, *above = x509.load_pem_x509_certificates(certificates.encode())
    opened = serialization.load_pem_private_key(
        key.encode(), password=None, unsafe_skip_rsa_key_validation=True
    )
    return Identity(_fit(opened), first, tuple(above))


def identity_from_pkcs12(data: bytes, password: str, *, now: datetime) -> Identity:
    """From a PKCS#12 file; ``IdentityFault``: not one, wrong password, no key, too weak, over."""
    if len(data) > MOST_BYTES:
        raise IdentityFault("pkcs12_too_large")
    try:
        key, certificate, above = pkcs12.load_key_and_certificates(data, password.encode() or None)
    except ValueError as error:
        wrong = "password" in str(error).lower()
        raise IdentityFault("pkcs12_password" if wrong else "pkcs12_broken") from None
    if key is None or certificate is None:
        raise IdentityFault("pkcs12_no_key")
    if certificate.not_valid_after_utc <= now or certificate.not_valid_before_utc > now:
        raise IdentityFault("certificate_not_valid")
    return Identity(_fit(key), certificate, tuple(above))


def _fit(key: object) -> Key:
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size >= LEAST_RSA_BITS:
        return key
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size >= 256:
        return key
    raise IdentityFault("key_unfit")
