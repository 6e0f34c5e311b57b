"""The peer of the own-data page: Starlette and SQLAlchemy, with Core or with the ORM, over SQLite, and the same bytes.

It looks the session up, reads the person's fields and uses, and fills them into the page that vOffice sent, cut at the
values. Nothing is sealed and nothing is recorded here: the peer does less. Settings come from the environment:
PEER_DATABASE, PEER_PAGE (a Jinja template), PEER_VARIANT (core or orm).
"""
import hashlib
import os
import sqlite3
import sys

from jinja2 import Environment
from sqlalchemy import ForeignKey, LargeBinary, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = 'person'
    id: Mapped[int] = mapped_column(primary_key=True)
    fields: Mapped[list['Field']] = relationship()
    uses: Mapped[list['Use']] = relationship(order_by='Use.seq.desc()')


class SignedIn(Base):
    __tablename__ = 'session'
    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey('person.id'))
    person: Mapped[Person] = relationship()


class Field(Base):
    __tablename__ = 'field'
    person_id: Mapped[int] = mapped_column(ForeignKey('person.id'), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    since: Mapped[int]


class Use(Base):
    __tablename__ = 'use'
    person_id: Mapped[int] = mapped_column(ForeignKey('person.id'), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int]
    who: Mapped[str]
    what: Mapped[str]


def token(person):
    return hashlib.sha256(f'session {person}'.encode()).hexdigest()[:32]


def fill(path, people, values, uses):
    """A database of so many people, each with the same lengths of values as the page's."""
    engine = create_engine(f'sqlite:///{path}')
    Base.metadata.create_all(engine)
    with sqlite3.connect(path) as rows:
        numbers = range(1, people + 1)
        rows.executemany('INSERT INTO person VALUES (?)', ((n,) for n in numbers))
        rows.executemany('INSERT INTO session VALUES (?, ?)', ((hashlib.sha256(token(n).encode()).digest(), n) for n in numbers))
        rows.executemany('INSERT INTO field VALUES (?, ?, ?, 0)', (
            (n, name, f'{n:0{len(value)}d}'[:len(value)]) for n in numbers for name, value in values.items()))
        rows.executemany('INSERT INTO use VALUES (?, ?, 0, ?, ?)', (
            (n, seq, 'customer service 7', 'telephone number') for n in numbers for seq in range(1, uses + 1)))


def open_app():
    engine = create_engine(f'sqlite:///{os.environ["PEER_DATABASE"]}')

    @event.listens_for(engine, 'connect')
    def as_fast_as_it_goes(connection, _):
        connection.executescript('PRAGMA journal_mode = WAL; PRAGMA mmap_size = 268435456;')

    with open(os.environ['PEER_PAGE'], encoding='utf-8') as file:
        page = Environment(autoescape=True, keep_trailing_newline=True).from_string(file.read())
    fields, uses, sessions = Field.__table__, Use.__table__, SignedIn.__table__

    async def with_core(request):
        key = hashlib.sha256(request.cookies.get('session', '').encode()).digest()
        with engine.connect() as rows:
            person = rows.scalar(select(sessions.c.person_id).where(sessions.c.hash == key))
            if person is None:
                return RedirectResponse('/sign-in', 303)
            held = {f.name: f.value for f in rows.execute(select(fields).where(fields.c.person_id == person))}
            used = rows.execute(select(uses).where(uses.c.person_id == person).order_by(uses.c.seq.desc())).all()
        return HTMLResponse(page.render(held=held, used=used))

    async def with_orm(request):
        key = hashlib.sha256(request.cookies.get('session', '').encode()).digest()
        with Session(engine) as rows:
            signed_in = rows.get(SignedIn, key)
            if signed_in is None:
                return RedirectResponse('/sign-in', 303)
            held = {f.name: f.value for f in signed_in.person.fields}
            return HTMLResponse(page.render(held=held, used=signed_in.person.uses))

    return Starlette(routes=[Route('/privacy', with_orm if os.environ.get('PEER_VARIANT') == 'orm' else with_core)])


if 'PEER_DATABASE' in os.environ:
    app = open_app()
elif __name__ == '__main__':
    sys.exit(__doc__)
