"""The ways in which a conversation can end for Ana: what Ben does, or what is done."""

from beenthere.conversations.actions import block_peer, end_conversation
from beenthere.people.actions import block, delete_person


def leaves(talk, ben, ana):
    end_conversation(conversation=talk, by=ben)


def blocks(talk, ben, ana):
    block_peer(conversation=talk, by=ben)


def is_blocked(talk, ben, ana):
    block(other=ben, by=ana)


def goes(talk, ben, ana):
    delete_person(person=ben, by=ben)


def leaves_and_goes(talk, ben, ana):
    end_conversation(conversation=talk, by=ben)
    delete_person(person=ben, by=ben)
