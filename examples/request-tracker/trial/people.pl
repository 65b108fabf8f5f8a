# The trial's agent, who answers in the queue.
@Users = ({ Name => 'ida', RealName => 'Ida', Privileged => 1, Password => $ENV{'IDA_PASSWORD'} });
@ACL = (
    map( { { Right => $_, Queue => 'Owners', UserId => 'ida' } }
        qw(SeeQueue ShowTicket ShowTicketComments CommentOnTicket ReplyToTicket ModifyTicket OwnTicket) ),
    map( { { Right => $_, UserId => 'ida' } } qw(SeeCustomField ModifyCustomField) ),
);
1;
